import { type Clock } from '../ports.js';
import { Lane } from './lane.js';

/** For so long a lane without work remembers what it has learnt. */
const FORGET_AFTER_MS = 300_000;

/** The lanes of all endpoints that this process has to do with, and which of them have a turn. */
export class Lanes {
  /** Those that may have something to send, in the order of their turns. */
  readonly ready = new Set<Lane>();
  private readonly bySubscription = new Map<string, Lane>();

  /**
   * @param maxWidth callbacks on their way to one endpoint at a time.
   * @param whenReady called whenever a lane is given a turn.
   */
  constructor(
    private readonly maxWidth: number,
    private readonly clock: Clock,
    private readonly whenReady: () => void,
  ) {}

  get all(): Lane[] {
    return [...this.bySubscription.values()];
  }

  find(subscriptionId: string): Lane | undefined {
    return this.bySubscription.get(subscriptionId);
  }

  /** Gives lanes a turn, for which the database is asked again; they are made where there are none. */
  wake(subscriptionIds: readonly string[]): void {
    for (const id of subscriptionIds) {
      const lane = this.laneOf(id);
      lane.mayHaveMore = true;
      this.ready.add(lane);
    }
    this.whenReady();
  }

  /** Gives a lane a turn with what it has. */
  resume(lane: Lane): void {
    this.ready.add(lane);
    this.whenReady();
  }

  /**
   * Wakes a lane at a time, unless it is woken before that anyway.
   *
   * @param at by {@link Clock.elapsed}.
   */
  wakeAt(lane: Lane, at: number): void {
    const { clock } = this;
    lane.setAlarm(
      at,
      (time, ring) => clock.after(time - clock.elapsed(), ring),
      () => this.wake([lane.subscriptionId]),
    );
  }

  /** Likewise, by a time of day, as far as the clock of now is right. */
  wakeWhenDue(subscriptionId: string, dueAt: number): void {
    const { clock } = this;
    this.wakeAt(this.laneOf(subscriptionId), clock.elapsed() + dueAt - clock.now());
  }

  clearAlarms(): void {
    for (const lane of this.bySubscription.values()) lane.clearAlarm();
  }

  forgetIdle(): void {
    const now = this.clock.elapsed();
    for (const [id, lane] of this.bySubscription) {
      if (lane.idle && now - lane.usedAt > FORGET_AFTER_MS) this.bySubscription.delete(id);
    }
  }

  private laneOf(subscriptionId: string): Lane {
    let lane = this.bySubscription.get(subscriptionId);
    if (!lane) {
      lane = new Lane(subscriptionId, this.maxWidth);
      this.bySubscription.set(subscriptionId, lane);
    }
    return lane;
  }
}
