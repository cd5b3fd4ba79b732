import { type UnitOfWork } from '@holdfast/platform';
import { isReplayed } from '../domain/replay.js';
import { type ReplayRepository } from './owner.ports.js';
import { type Clock, type DeliveryRepository, type SubscriptionRepository } from './ports.js';

// A transaction of this many keeps others waiting for some tens of milliseconds.
const PIECE = 500;

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

  /** Does one piece. @returns which subscription has something to send by it; undefined when there is none left to do. */
  execute(): Promise<{ subscriptionId: string; deliveries: number } | undefined> {
    return this.unitOfWork.run(async (tx) => {
      const replay = await this.replays.next(tx);
      if (!replay) return undefined;
      const { id, subscriptionId } = replay;
      const wanted = await this.subscriptions.find(tx, subscriptionId);
      const piece = wanted ? await this.replays.deliveriesOf(tx, replay, PIECE) : [];
      const again = piece.filter((delivery) => isReplayed(delivery, replay)).map((delivery) => delivery.id);
      await this.deliveries.requeue(tx, again, this.clock.now());
      const last = piece.at(-1);
      if (last && piece.length === PIECE) await this.replays.moveTo(tx, id, last.id);
      else await this.replays.remove(tx, id);
      return { subscriptionId, deliveries: again.length };
    });
  }
}
