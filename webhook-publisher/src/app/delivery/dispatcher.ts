import { type CheckResult, messageOf } from '@holdfast/platform';
import { type Held, mayTake } from '../../domain/send-window.js';
import { type DeliveryWaker } from '../ports.js';
import { DueWatch, type DueWatchParts } from './due-watch.js';
import { type HeldDelivery, type Lane } from './lane.js';
import { type LaneSender, type Recorded, type SendResult } from './lane-sender.js';
import { Lanes } from './lanes.js';
import { LeaseKeeper, type LeaseKeeperParts } from './lease-keeper.js';

/** After a stop, for attempts that are on their way; the part itself has 15 s. */
const GRACE_MS = 8_000;

/** Results that wait for the database; with more, nothing new is sent whose result could not be kept. */
const MAX_UNRECORDED = 2_000;

export interface DispatcherOptions {
  /** Callbacks on their way at a time, over all endpoints. */
  concurrency: number;
  /** Of these, to one endpoint. */
  endpointConcurrency: number;
  /** For how long a delivery is this process' own; longer than an attempt can take. */
  leaseMs: number;
}

export interface DispatcherParts extends LeaseKeeperParts, DueWatchParts {
  sender: LaneSender;
}

/**
 * Sends what is due. Every endpoint has a lane of its own with a width of its own; lanes take turns, and endpoints that
 * are slow share half of the connections, so that those that are quick always find one.
 */
export class Dispatcher implements DeliveryWaker {
  private readonly lanes: Lanes;
  private readonly leases: LeaseKeeper;
  private readonly dueWatch: DueWatch;
  private readonly connections: Held = { unproven: 0, proven: 0, suspect: 0 };
  private inFlight = 0;
  private stopping = false;
  private pumping = false;
  private aside = false;
  private ended: (() => void) | undefined;

  constructor(
    private readonly options: DispatcherOptions,
    private readonly parts: DispatcherParts,
  ) {
    this.lanes = new Lanes(options.endpointConcurrency, parts.clock, () => this.schedulePump());
    this.leases = new LeaseKeeper(this.lanes, options.leaseMs, parts);
    this.dueWatch = new DueWatch(this.lanes, this.leases, parts);
  }

  start(): void {
    this.dueWatch.start();
  }

  /** Sends nothing new, waits for what is on its way, and gives back what it holds. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.dueWatch.stop();
    this.lanes.clearAlarms();
    await this.leases.settled();
    await this.leases.giveBack(this.lanes.all);
    const { clock, sender } = this.parts;
    const cancel = clock.after(GRACE_MS, () => void sender.giveUp());
    if (this.inFlight > 0) await new Promise<void>((resolve) => (this.ended = resolve));
    cancel();
    // Once more, for those that were cut off on their way.
    await this.leases.giveBack(this.lanes.all);
    await sender.drain();
  }

  wake(subscriptionIds: readonly string[]): void {
    this.lanes.wake(subscriptionIds);
  }

  renew(subscriptionId: string): void {
    this.lanes.find(subscriptionId)?.renew();
    this.refresh(subscriptionId);
  }

  refresh(subscriptionId: string): void {
    const lane = this.lanes.find(subscriptionId);
    if (lane) void this.leases.takeBack([lane]);
    this.wake([subscriptionId]);
  }

  /** Sends nothing new, for as long as that is better left to another process; what it holds is given back. */
  standAside(aside: boolean): void {
    if (this.aside === aside) return;
    this.aside = aside;
    if (aside) void this.leases.takeBack(this.lanes.all);
    else this.schedulePump();
  }

  /** What is remembered of endpoints that fail was noted by a clock that was wrong: their next failure is noted anew. */
  forgetFailures(): void {
    for (const lane of this.lanes.all) lane.failingSince = null;
  }

  health(): CheckResult {
    return this.dueWatch.health();
  }

  /** Callbacks on their way. */
  get sending(): number {
    return this.inFlight;
  }

  get openCircuits(): number {
    return this.lanes.all.filter((lane) => lane.circuitOpen).length;
  }

  private get resting(): boolean {
    return this.stopping || this.aside;
  }

  /** Once per turn of the event loop, whatever happened in it. */
  private schedulePump(): void {
    if (this.pumping || this.resting) return;
    this.pumping = true;
    setImmediate(() => {
      this.pumping = false;
      if (!this.resting) this.pump();
    });
  }

  /** Lanes take turns, one callback each, until nobody can send any more. */
  private pump(): void {
    const { ready } = this.lanes;
    const crowdedOut: Lane[] = [];
    // A lane that is added again comes at the end, and its turn in this very loop.
    for (const lane of ready) {
      if (this.inFlight >= this.options.concurrency || this.parts.sender.unrecorded >= MAX_UNRECORDED) break;
      ready.delete(lane);
      const step = this.step(lane);
      if (step === 'sent') ready.add(lane);
      if (step === 'crowded-out') crowdedOut.push(lane);
    }
    for (const lane of crowdedOut) ready.add(lane);
  }

  private step(lane: Lane): 'sent' | 'crowded-out' | 'rests' {
    const now = this.parts.clock.elapsed();
    this.leases.leaseMore(lane, now);
    const [next] = lane.held;
    if (!next || lane.room(now) <= 0) {
      if (lane.restsUntil > now) this.lanes.wakeAt(lane, lane.restsUntil);
      return 'rests';
    }
    if (next.notBefore > now) {
      this.lanes.wakeAt(lane, next.notBefore);
      return 'rests';
    }
    if (!mayTake(lane.standing, this.connections, this.options.concurrency)) return 'crowded-out';
    lane.held.shift();
    if (this.leases.outlastsAttempt(next, now)) void this.send(lane, next);
    return 'sent';
  }

  private async send(lane: Lane, held: HeldDelivery): Promise<void> {
    const { standing } = lane;
    this.inFlight += 1;
    lane.inFlight += 1;
    lane.usedAt = this.parts.clock.elapsed();
    this.connections[standing] += 1;
    const { recorded, leaveAlone } = await this.attempt(lane, held);
    if (this.stopping && !recorded) lane.held.push(held);
    this.inFlight -= 1;
    lane.inFlight -= 1;
    this.connections[standing] -= 1;
    if (this.inFlight === 0) this.ended?.();
    if (this.stopping) return;
    if (leaveAlone) void this.leases.giveBack([lane]);
    this.lanes.resume(lane);
    if (recorded) await this.follow(lane, recorded);
  }

  /** One that cannot even be tried keeps nobody else from it; it comes again when its lease ends. */
  private async attempt(lane: Lane, held: HeldDelivery): Promise<SendResult> {
    try {
      return await this.parts.sender.send(lane, held);
    } catch (error) {
      const { id: deliveryId } = held.delivery;
      this.parts.logger.error(
        { deliveryId, reason: messageOf(error) },
        'a callback cannot be sent; trying again later',
      );
      return { leaveAlone: false, recorded: undefined };
    }
  }

  private async follow(lane: Lane, recorded: Promise<Recorded>): Promise<void> {
    const { advanced, retryAt } = await recorded;
    if (this.stopping) return;
    if (retryAt !== undefined) this.lanes.wakeWhenDue(lane.subscriptionId, retryAt);
    if (advanced) this.wake([lane.subscriptionId]);
  }
}
