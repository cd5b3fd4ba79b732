import { newId } from '@holdfast/contracts';
import { type Logger, messageOf, type UnitOfWork } from '@holdfast/platform';
import { type Clock, type DeliveryRepository, type LeaseGrant } from '../ports.js';
import { type HeldDelivery, type Lane } from './lane.js';
import { type Lanes } from './lanes.js';

/** What another instance is just leasing is asked for again after this, not in a loop. */
const MIN_PAUSE_MS = 20;

export interface LeaseKeeperParts {
  deliveries: DeliveryRepository;
  unitOfWork: UnitOfWork;
  clock: Clock;
  logger: Logger;
}

/** What the time was when a lease was asked for, by both clocks. */
interface Asked {
  lease: string;
  now: number;
  elapsed: number;
}

/**
 * Leases deliveries for lanes ahead of their turns, knows for how long they are this process' own, and gives back what is
 * not to be sent from here.
 */
export class LeaseKeeper {
  private readonly underWay = new Set<Promise<void>>();

  /** @param leaseMs for how long a delivery is this process' own; longer than an attempt can take. */
  constructor(
    private readonly lanes: Lanes,
    private readonly leaseMs: number,
    private readonly parts: LeaseKeeperParts,
  ) {}

  /** Leases as much as a lane wants now, in the background; the lane has a turn when that is there. */
  leaseMore(lane: Lane, now: number): void {
    const limit = lane.wanted(now);
    if (limit <= 0) return;
    lane.leasing = true;
    lane.mayHaveMore = false;
    const leased = this.lease(lane, limit).finally(() => {
      lane.leasing = false;
      this.underWay.delete(leased);
      this.lanes.resume(lane);
    });
    this.underWay.add(leased);
  }

  /** Whether a lease surely lasts longer than an attempt; one that does not is left to end, and the delivery comes again. */
  outlastsAttempt({ leaseEnds }: HeldDelivery, now: number): boolean {
    return leaseEnds - now >= this.leaseMs / 2;
  }

  /** Resolves when every lease that was asked for until now is there, or refused. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** What is held and what is just being leased is leased anew, by what the database says now. */
  async takeBack(lanes: readonly Lane[]): Promise<void> {
    for (const lane of lanes) lane.epoch += 1;
    await this.giveBack(lanes);
  }

  /** What is held is due again for everybody; where that cannot be stored, when its lease ends. */
  async giveBack(lanes: readonly Lane[]): Promise<void> {
    const { deliveries, unitOfWork, clock, logger } = this.parts;
    const held = lanes.flatMap((lane) => lane.giveBack());
    if (held.length === 0) return;
    const now = clock.now();
    try {
      await unitOfWork.run(async (tx) => {
        for (const { delivery, lease } of held) await deliveries.release(tx, [delivery.id], lease, now);
      });
    } catch (error) {
      logger.warn({ deliveries: held.length, reason: messageOf(error) }, 'leases stay until they end');
    }
  }

  private async lease(lane: Lane, limit: number): Promise<void> {
    const { deliveries, unitOfWork, clock, logger } = this.parts;
    const asked = { lease: newId(), now: clock.now(), elapsed: clock.elapsed() };
    const { epoch } = lane;
    const terms = { now: asked.now, until: asked.now + this.leaseMs, limit, lease: asked.lease };
    try {
      const grant = await unitOfWork.run((tx) => deliveries.lease(tx, lane.subscriptionId, terms), 'deliveries.lease');
      if (!grant) return this.leaveAlone(lane);
      this.take(lane, grant, limit, asked);
      if (lane.epoch !== epoch || grant.subscription.version < lane.atLeastVersion) {
        lane.mayHaveMore = true;
        await this.giveBack([lane]);
      }
    } catch (error) {
      // The next look finds it again.
      logger.error({ subscriptionId: lane.subscriptionId, reason: messageOf(error) }, 'could not lease callbacks');
    }
  }

  /** Disabled, deleted or held: nothing is to be sent, and no circuit is to be closed by an attempt. */
  private leaveAlone(lane: Lane): void {
    if (lane.held.length === 0 && lane.inFlight === 0) lane.closeCircuit();
  }

  private take(lane: Lane, grant: LeaseGrant, limit: number, { lease, now, elapsed }: Asked): void {
    lane.knows(grant.subscription);
    const leaseEnds = elapsed + this.leaseMs;
    for (const delivery of grant.deliveries) {
      lane.held.push({ delivery, lease, leaseEnds, notBefore: elapsed + delivery.notBefore - now });
    }
    if (grant.deliveries.length === limit) lane.mayHaveMore = true;
    // Not at once: what is due and was not given here is another instance's, who is just leasing it.
    else if (grant.nextDueAt !== undefined)
      this.lanes.wakeAt(lane, Math.max(elapsed + grant.nextDueAt - now, this.parts.clock.elapsed() + MIN_PAUSE_MS));
  }
}
