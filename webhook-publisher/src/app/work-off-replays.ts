import { messageOf, type Transaction, type UnitOfWork } from '@holdfast/platform';
import { isReplayed } from '../domain/replay.js';
import { type PieceDone, type ReplayRepository } from './owner.ports.js';
import { type Clock, type DeliveryRepository, type SubscriptionRepository } from './ports.js';

// A transaction of this many keeps others waiting for some tens of milliseconds.
const PIECE = 500;

/** A piece of one replay failed; nothing of the piece is stored. */
export class ReplayFailed extends Error {
  constructor(
    readonly replayId: string,
    cause: unknown,
  ) {
    super(`replay ${replayId} failed: ${messageOf(cause)}`, { cause });
  }
}

/**
 * Sends again what replays ask for, piece by piece. How far each is stands in the database with what it has done, so that
 * a restart goes on where the last piece ended.
 */
export class WorkOffReplays {
  constructor(
    private readonly replays: ReplayRepository,
    private readonly subscriptions: SubscriptionRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * Does one piece of the oldest replay that is not left out.
   *
   * @returns which subscription has something to send by it; undefined when there is none left to do.
   * @throws ReplayFailed; whoever leaves that one out goes on with the others.
   */
  async execute(leftOut: readonly string[] = []): Promise<PieceDone | undefined> {
    let current: string | undefined;
    try {
      return await this.unitOfWork.run(async (tx) => {
        current = await this.replays.next(tx, leftOut);
        return current === undefined ? undefined : this.doPiece(tx, current);
      });
    } catch (error) {
      throw current === undefined ? error : new ReplayFailed(current, error);
    }
  }

  private async doPiece(tx: Transaction, id: string): Promise<PieceDone> {
    const replay = await this.replays.get(tx, id);
    const { subscriptionId } = replay;
    const wanted = await this.subscriptions.find(tx, subscriptionId);
    const piece = wanted ? await this.replays.deliveriesOf(tx, replay, PIECE) : [];
    const again = piece.filter((delivery) => isReplayed(delivery, replay)).map((delivery) => delivery.id);
    const deliveries = await this.deliveries.requeue(tx, again, this.clock.now());
    const last = piece.at(-1);
    if (last && piece.length === PIECE) await this.replays.moveTo(tx, id, last.id);
    else await this.replays.remove(tx, id);
    return { subscriptionId, deliveries };
  }
}
