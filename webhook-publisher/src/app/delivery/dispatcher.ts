import { newId } from '@holdfast/contracts';
import { type CheckResult, type Logger, messageOf, type UnitOfWork } from '@holdfast/platform';
import { type Held, mayTake } from '../../domain/send-window.js';
import {
  type Clock,
  type DeliveryRepository,
  type DeliveryWaker,
  type DueSubscription,
  type DueSubscriptions,
  type LeaseGrant,
} from '../ports.js';
import { Lane } from './lane.js';
import { type LaneSender, type Recorded, type SendResult } from './lane-sender.js';

/** How often the database is asked who has something to send: what another instance prepared, and what a lost one held. */
const LOOK_EVERY_MS = 1_000;

/** Ten thousand subscriptions take a while to look through; a look takes a twentieth of the time, and comes every 5 s at least. */
const LOOK_SHARE = 20;
const MAX_LOOK_PAUSE_MS = 5_000;

/** For so long a lane without work remembers what it has learnt. */
const FORGET_AFTER_MS = 300_000;

/** After a stop, for attempts that are on their way; the part itself has 15 s. */
const GRACE_MS = 8_000;

/** A dispatcher that could not look for this long is not healthy. */
const STUCK_MS = 30_000;

/** Results that wait for the database; with more, nothing new is sent whose result could not be kept. */
const MAX_UNRECORDED = 2_000;

/** What another instance is just leasing is asked for again after this, not in a loop. */
const MIN_PAUSE_MS = 20;

export interface DispatcherOptions {
  /** Callbacks on their way at a time, over all endpoints. */
  concurrency: number;
  /** Of these, to one endpoint. */
  endpointConcurrency: number;
  /** For how long a delivery is this process' own; longer than an attempt can take. */
  leaseMs: number;
}

export interface DispatcherParts {
  deliveries: DeliveryRepository;
  due: DueSubscriptions;
  unitOfWork: UnitOfWork;
  sender: LaneSender;
  clock: Clock;
  logger: Logger;
}

/**
 * Sends what is due. Every endpoint has a lane of its own with a width of its own; lanes take turns, and endpoints that
 * are slow share half of the connections, so that those that are quick always find one.
 */
export class Dispatcher implements DeliveryWaker {
  private readonly lanes = new Map<string, Lane>();
  private readonly ready = new Set<Lane>();
  private readonly leases = new Set<Promise<void>>();
  private inFlight = 0;
  private readonly connections: Held = { unproven: 0, proven: 0, suspect: 0 };
  private stopping = false;
  private pumping = false;
  private aside = false;
  private token: string | undefined;
  private cancelLook: (() => void) | undefined;
  private lookedAt: number;
  private ended: (() => void) | undefined;

  constructor(
    private readonly options: DispatcherOptions,
    private readonly parts: DispatcherParts,
  ) {
    this.lookedAt = parts.clock.elapsed();
  }

  start(): void {
    void this.look();
  }

  /** Sends nothing new, waits for what is on its way, and gives back what it holds. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.cancelLook?.();
    for (const lane of this.lanes.values()) lane.clearAlarm();
    await Promise.all(this.leases);
    await this.giveBack([...this.lanes.values()]);
    const { clock, sender } = this.parts;
    const cancel = clock.after(GRACE_MS, () => void sender.giveUp());
    if (this.inFlight > 0) await new Promise<void>((resolve) => (this.ended = resolve));
    cancel();
    // Once more, for those that were cut off on their way.
    await this.giveBack([...this.lanes.values()]);
    await sender.drain();
  }

  wake(subscriptionIds: readonly string[]): void {
    for (const id of subscriptionIds) this.rouse(this.laneOf(id));
    this.schedulePump();
  }

  renew(subscriptionId: string): void {
    this.lanes.get(subscriptionId)?.renew();
    this.refresh(subscriptionId);
  }

  refresh(subscriptionId: string): void {
    const lane = this.lanes.get(subscriptionId);
    if (lane) void this.takeBack([lane]);
    this.wake([subscriptionId]);
  }

  /** Sends nothing new, for as long as that is better left to another process; what it holds is given back. */
  standAside(aside: boolean): void {
    if (this.aside === aside) return;
    this.aside = aside;
    if (aside) void this.takeBack([...this.lanes.values()]);
    else this.schedulePump();
  }

  /** What is remembered of endpoints that fail was noted by a clock that was wrong: their next failure is noted anew. */
  forgetFailures(): void {
    for (const lane of this.lanes.values()) lane.failingSince = null;
  }

  health(): CheckResult {
    const stillMs = this.parts.clock.elapsed() - this.lookedAt;
    if (stillMs < STUCK_MS) return { status: 'up' };
    return { status: 'down', detail: `nobody has looked for due callbacks for ${Math.round(stillMs / 1000)} s` };
  }

  /** Callbacks on their way. */
  get sending(): number {
    return this.inFlight;
  }

  get openCircuits(): number {
    return [...this.lanes.values()].filter((lane) => lane.circuitOpen).length;
  }

  private get resting(): boolean {
    return this.stopping || this.aside;
  }

  private laneOf(subscriptionId: string): Lane {
    let lane = this.lanes.get(subscriptionId);
    if (!lane) {
      lane = new Lane(subscriptionId, this.options.endpointConcurrency);
      this.lanes.set(subscriptionId, lane);
    }
    return lane;
  }

  private rouse(lane: Lane): void {
    lane.mayHaveMore = true;
    this.ready.add(lane);
  }

  private async look(): Promise<void> {
    const { clock, due, logger } = this.parts;
    const begun = clock.elapsed();
    const now = clock.now();
    let pauseMs = LOOK_EVERY_MS;
    try {
      const [token, found] = [await due.token(), await due.find(now + LOOK_EVERY_MS)];
      this.lookedAt = clock.elapsed();
      this.forgetIdleLanes();
      if (this.token !== undefined && this.token !== token) await this.takeBackChanged();
      this.token = token;
      if (!this.stopping) this.awaitDue(found, now);
      const tookMs = clock.elapsed() - begun;
      pauseMs = Math.min(Math.max(LOOK_EVERY_MS, LOOK_SHARE * tookMs), MAX_LOOK_PAUSE_MS);
    } catch (error) {
      logger.error({ reason: messageOf(error) }, 'could not look for due callbacks; trying again');
    }
    if (this.stopping) return;
    this.cancelLook = clock.after(pauseMs, () => void this.look());
  }

  private awaitDue(found: readonly DueSubscription[], now: number): void {
    this.wake(found.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id));
    for (const { id, dueAt } of found) if (dueAt > now) this.alarm(this.laneOf(id), this.elapsedAt(dueAt));
  }

  private forgetIdleLanes(): void {
    const now = this.parts.clock.elapsed();
    for (const [id, lane] of this.lanes) if (lane.idle && now - lane.usedAt > FORGET_AFTER_MS) this.lanes.delete(id);
  }

  /** Another process may have changed a subscription, and what is leased here is for its old URL and secret. */
  private async takeBackChanged(): Promise<void> {
    const versions = await this.parts.due.versions();
    const changed = [...this.lanes.values()].filter(
      ({ subscription }) => subscription && versions.get(subscription.id) !== subscription.version,
    );
    await this.takeBack(changed);
  }

  /** What is held and what is just being leased is leased anew, by what the database says now. */
  private async takeBack(lanes: readonly Lane[]): Promise<void> {
    for (const lane of lanes) lane.epoch += 1;
    await this.giveBack(lanes);
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
    const crowdedOut: Lane[] = [];
    // A lane that is added again comes at the end, and its turn in this very loop.
    for (const lane of this.ready) {
      if (this.inFlight >= this.options.concurrency || this.parts.sender.unrecorded >= MAX_UNRECORDED) break;
      this.ready.delete(lane);
      const step = this.step(lane);
      if (step === 'sent') this.ready.add(lane);
      if (step === 'crowded-out') crowdedOut.push(lane);
    }
    for (const lane of crowdedOut) this.ready.add(lane);
  }

  private step(lane: Lane): 'sent' | 'crowded-out' | 'rests' {
    const now = this.parts.clock.elapsed();
    this.leaseMore(lane, now);
    const [next] = lane.held;
    if (!next || lane.room(now) <= 0) {
      if (lane.restsUntil > now) this.alarm(lane, lane.restsUntil);
      return 'rests';
    }
    if (next.notBefore > now) {
      this.alarm(lane, next.notBefore);
      return 'rests';
    }
    if (!mayTake(lane.standing, this.connections, this.options.concurrency)) return 'crowded-out';
    lane.held.shift();
    // A lease that might end during the attempt is left to end; the delivery comes again.
    if (next.leaseEnds - now >= this.options.leaseMs / 2) void this.send(lane, next);
    return 'sent';
  }

  /** @param at by {@link Clock.elapsed}. */
  private alarm(lane: Lane, at: number): void {
    const { clock } = this.parts;
    lane.setAlarm(
      at,
      (time, ring) => clock.after(time - clock.elapsed(), ring),
      () => this.wake([lane.subscriptionId]),
    );
  }

  /** A time of day by {@link Clock.elapsed}, as far as the clock of now is right. */
  private elapsedAt(time: number): number {
    const { clock } = this.parts;
    return clock.elapsed() + time - clock.now();
  }

  private async send(lane: Lane, held: Lane['held'][number]): Promise<void> {
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
    this.ready.add(lane);
    if (leaveAlone) void this.giveBack([lane]);
    this.schedulePump();
    if (recorded) await this.follow(lane, recorded);
  }

  /** One that cannot even be tried keeps nobody else from it; it comes again when its lease ends. */
  private async attempt(lane: Lane, held: Lane['held'][number]): Promise<SendResult> {
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
    if (retryAt !== undefined) this.alarm(lane, this.elapsedAt(retryAt));
    if (advanced) this.wake([lane.subscriptionId]);
  }

  private leaseMore(lane: Lane, now: number): void {
    const limit = lane.wanted(now);
    if (limit <= 0) return;
    lane.leasing = true;
    lane.mayHaveMore = false;
    const leased = this.lease(lane, limit).finally(() => {
      lane.leasing = false;
      this.leases.delete(leased);
      this.ready.add(lane);
      this.schedulePump();
    });
    this.leases.add(leased);
  }

  private async lease(lane: Lane, limit: number): Promise<void> {
    const { deliveries, unitOfWork, clock, logger } = this.parts;
    const { leaseMs } = this.options;
    const hold = { lease: newId(), now: clock.now(), elapsed: clock.elapsed() };
    const { epoch } = lane;
    const terms = { now: hold.now, until: hold.now + leaseMs, limit, lease: hold.lease };
    try {
      const grant = await unitOfWork.run((tx) => deliveries.lease(tx, lane.subscriptionId, terms), 'deliveries.lease');
      if (!grant) return this.leaveAlone(lane);
      this.take(lane, grant, limit, hold);
      if (lane.epoch !== epoch) {
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

  /** @param asked what the time was when the lease was asked for; both clocks. */
  private take(
    lane: Lane,
    grant: LeaseGrant,
    limit: number,
    asked: { lease: string; now: number; elapsed: number },
  ): void {
    const { lease, now, elapsed } = asked;
    lane.knows(grant.subscription);
    const leaseEnds = elapsed + this.options.leaseMs;
    for (const delivery of grant.deliveries) {
      lane.held.push({ delivery, lease, leaseEnds, notBefore: elapsed + delivery.notBefore - now });
    }
    if (grant.deliveries.length === limit) lane.mayHaveMore = true;
    // Not at once: what is due and was not given here is another instance's, who is just leasing it.
    else if (grant.nextDueAt !== undefined)
      this.alarm(lane, Math.max(elapsed + grant.nextDueAt - now, this.parts.clock.elapsed() + MIN_PAUSE_MS));
  }

  private async giveBack(lanes: readonly Lane[]): Promise<void> {
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
}
