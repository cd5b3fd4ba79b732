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
  private token: string | undefined;
  private cancelLook: (() => void) | undefined;
  private lookedAt: number;
  private ended: (() => void) | undefined;

  constructor(
    private readonly options: DispatcherOptions,
    private readonly parts: DispatcherParts,
  ) {
    this.lookedAt = parts.clock.now();
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
    const cancel = clock.at(clock.now() + GRACE_MS, () => void sender.giveUp());
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

  health(): CheckResult {
    const stillMs = this.parts.clock.now() - this.lookedAt;
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
    const now = clock.now();
    let pauseMs = LOOK_EVERY_MS;
    try {
      const [token, found] = [await due.token(), await due.find(now + LOOK_EVERY_MS)];
      this.lookedAt = clock.now();
      this.forgetIdleLanes(now);
      if (this.token !== undefined && this.token !== token) await this.takeBackChanged();
      this.token = token;
      if (!this.stopping) this.awaitDue(found, now);
      // A clock that is set meanwhile changes one pause, within the same bounds.
      const tookMs = clock.now() - now;
      pauseMs = Math.min(Math.max(LOOK_EVERY_MS, LOOK_SHARE * tookMs), MAX_LOOK_PAUSE_MS);
    } catch (error) {
      logger.error({ reason: messageOf(error) }, 'could not look for due callbacks; trying again');
    }
    if (this.stopping) return;
    this.cancelLook = clock.at(clock.now() + pauseMs, () => void this.look());
  }

  private awaitDue(found: readonly DueSubscription[], now: number): void {
    this.wake(found.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id));
    for (const { id, dueAt } of found) if (dueAt > now) this.alarm(this.laneOf(id), dueAt);
  }

  private forgetIdleLanes(now: number): void {
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
    if (this.pumping || this.stopping) return;
    this.pumping = true;
    setImmediate(() => {
      this.pumping = false;
      if (!this.stopping) this.pump();
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
    const now = this.parts.clock.now();
    this.leaseMore(lane, now);
    const [next] = lane.held;
    if (!next || lane.room(now) <= 0) {
      if (lane.restsUntil > now) this.alarm(lane, lane.restsUntil);
      return 'rests';
    }
    if (next.delivery.notBefore > now) {
      this.alarm(lane, next.delivery.notBefore);
      return 'rests';
    }
    if (!mayTake(lane.standing, this.connections, this.options.concurrency)) return 'crowded-out';
    lane.held.shift();
    // A lease that might end during the attempt is left to end; the delivery comes again.
    if (next.leaseEnds - now >= this.options.leaseMs / 2) void this.send(lane, next);
    return 'sent';
  }

  private alarm(lane: Lane, at: number): void {
    lane.setAlarm(
      at,
      (time, ring) => this.parts.clock.at(time, ring),
      () => this.wake([lane.subscriptionId]),
    );
  }

  private async send(lane: Lane, held: Lane['held'][number]): Promise<void> {
    const { standing } = lane;
    this.inFlight += 1;
    lane.inFlight += 1;
    lane.usedAt = this.parts.clock.now();
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
    if (retryAt !== undefined) this.alarm(lane, retryAt);
    if (advanced) this.wake([lane.subscriptionId]);
  }

  private leaseMore(lane: Lane, now: number): void {
    const limit = lane.wanted(now);
    if (limit <= 0) return;
    lane.leasing = true;
    lane.mayHaveMore = false;
    const leased = this.lease(lane, limit, now).finally(() => {
      lane.leasing = false;
      this.leases.delete(leased);
      this.ready.add(lane);
      this.schedulePump();
    });
    this.leases.add(leased);
  }

  private async lease(lane: Lane, limit: number, now: number): Promise<void> {
    const { deliveries, unitOfWork, logger } = this.parts;
    const lease = newId();
    const { epoch } = lane;
    const until = now + this.options.leaseMs;
    try {
      const grant = await unitOfWork.run(
        (tx) => deliveries.lease(tx, lane.subscriptionId, { now, until, limit, lease }),
        'deliveries.lease',
      );
      if (!grant) return this.leaveAlone(lane);
      this.take(lane, grant, limit, { lease, leaseEnds: until });
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

  private take(lane: Lane, grant: LeaseGrant, limit: number, hold: { lease: string; leaseEnds: number }): void {
    lane.knows(grant.subscription);
    for (const delivery of grant.deliveries) lane.held.push({ delivery, ...hold });
    if (grant.deliveries.length === limit) lane.mayHaveMore = true;
    // Not at once: what is due and was not given here is another instance's, who is just leasing it.
    else if (grant.nextDueAt !== undefined)
      this.alarm(lane, Math.max(grant.nextDueAt, this.parts.clock.now() + MIN_PAUSE_MS));
  }

  private async giveBack(lanes: readonly Lane[]): Promise<void> {
    const { deliveries, unitOfWork, logger } = this.parts;
    const held = lanes.flatMap((lane) => lane.giveBack());
    if (held.length === 0) return;
    try {
      await unitOfWork.run(async (tx) => {
        for (const { delivery, lease } of held) await deliveries.release(tx, [delivery.id], lease);
      });
    } catch (error) {
      logger.warn({ deliveries: held.length, reason: messageOf(error) }, 'leases stay until they end');
    }
  }
}
