import { afterFailure, afterSuccess, allowedBy, type Circuit, closedCircuit, isOpen } from '../../domain/circuit.js';
import { firstWindow, isSlow, narrowed, type SendWindow, type Standing, widened } from '../../domain/send-window.js';
import { type LeasedDelivery, type StoredSubscription } from '../ports.js';

/** A delivery in this process' hands. */
export interface HeldDelivery {
  delivery: LeasedDelivery;
  lease: string;
  /** By the clock that nobody sets, as all times of a lane but what is stored of its endpoint. */
  leaseEnds: number;
  /** When it may go out. */
  notBefore: number;
}

/**
 * What is held ahead, in multiples of what may be on its way: a lease is there after two commits, and an endpoint that
 * answers in a millisecond takes its whole window several times over meanwhile.
 */
const AHEAD = 4;
const MAX_LEASE = 250;

/** An endpoint as this process serves it: what it holds for it, and how much of it may be on its way. */
export class Lane {
  readonly held: HeldDelivery[] = [];
  inFlight = 0;
  /** A lease is being asked for. */
  leasing = false;
  /** The database may hold more that is due. */
  mayHaveMore = false;
  subscription: StoredSubscription | undefined;
  /** Since when every attempt has failed; null while it answers. Unix milliseconds. */
  failingSince: number | null = null;
  /** Raised when what was leased before does not count any more. */
  epoch = 0;
  /** What is leased for an earlier version of its subscription does not count either: another process has changed it since. */
  atLeastVersion = 0;
  /** When it had something to do last. */
  usedAt = 0;
  private isNew = true;
  /** Attempts that ask to leave the endpoint alone: nothing goes out until the database knows. */
  closings = 0;
  private window: SendWindow = firstWindow;
  private circuit: Circuit = closedCircuit;
  private alarm: { at: number; cancel: () => void } | undefined;

  constructor(
    readonly subscriptionId: string,
    private readonly maxWidth: number,
  ) {}

  get standing(): Standing {
    return this.window.standing;
  }

  get circuitOpen(): boolean {
    return isOpen(this.circuit);
  }

  /** When it may be sent to again, where it is left alone now. */
  get restsUntil(): number {
    return this.circuit.openUntil;
  }

  /** How many more callbacks may go out now. */
  room(now: number): number {
    return this.width(now) - this.inFlight;
  }

  /** How many deliveries to lease now; none while enough are at hand. */
  wanted(now: number): number {
    if (this.leasing || !this.mayHaveMore) return 0;
    const width = this.width(now);
    if (width <= 1) return width - this.held.length - this.inFlight;
    return this.held.length > AHEAD * width ? 0 : Math.min(AHEAD * width, MAX_LEASE);
  }

  /** What the database knows of it from before this process. */
  knows(subscription: StoredSubscription): void {
    this.subscription = subscription;
    const { failingSince } = subscription;
    // What was said of it here may not be stored yet; what is stored from before is not forgotten by that.
    this.failingSince ??= failingSince;
    if (failingSince !== null && this.isNew) this.window = { ...this.window, standing: 'suspect' };
    this.isNew = false;
  }

  /** Forgets what it has learnt of the endpoint. */
  renew(): void {
    this.window = firstWindow;
    this.failingSince = null;
    this.closeCircuit();
  }

  closeCircuit(): void {
    this.circuit = closedCircuit;
  }

  succeeded(durationMs: number): void {
    this.window = widened(this.window, durationMs, this.maxWidth);
    this.circuit = afterSuccess();
  }

  failed(durationMs: number, now: number): void {
    this.window = narrowed(this.window, durationMs);
    this.circuit = afterFailure(this.circuit, now, isSlow(durationMs));
  }

  /** Everything that is held and cannot be sent soon; the lane keeps none of it. */
  giveBack(): HeldDelivery[] {
    return this.held.splice(0);
  }

  /** Has `ring` called at a time, unless it is called before that anyway. */
  setAlarm(at: number, schedule: (at: number, ring: () => void) => () => void, ring: () => void): void {
    if (this.alarm && this.alarm.at <= at) return;
    this.alarm?.cancel();
    const cancel = schedule(at, () => {
      this.alarm = undefined;
      ring();
    });
    this.alarm = { at, cancel };
  }

  clearAlarm(): void {
    this.alarm?.cancel();
    this.alarm = undefined;
  }

  /** It has nothing to do, and nothing waits for it. */
  get idle(): boolean {
    return this.inFlight === 0 && this.held.length === 0 && !this.leasing && !this.mayHaveMore && !this.alarm;
  }

  private width(now: number): number {
    if (this.closings > 0) return 0;
    return Math.min(this.window.width, allowedBy(this.circuit, now));
  }
}
