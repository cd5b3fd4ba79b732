import { type Clock } from '../src/app/ports.js';

/** Time that passes when a test says so. */
export class FakeClock implements Clock {
  private readonly timers = new Set<{ due: number; callback: () => void }>();
  private passed = 0;

  constructor(private readonly begun = Date.parse('2026-01-05T09:30:00.000Z')) {}

  now(): number {
    return this.begun + this.passed;
  }

  elapsed(): number {
    return this.passed;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { due: this.passed + Math.max(0, ms), callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /**
   * Lets time pass, timer by timer, with everything that each one sets in motion done before the next.
   *
   * @param settled resolves when nothing is in motion any more.
   */
  async pass(ms: number, settled: () => Promise<void>): Promise<void> {
    const end = this.passed + ms;
    await settled();
    for (let next = this.next(end); next; next = this.next(end)) {
      this.passed = Math.max(this.passed, next.due);
      this.timers.delete(next);
      next.callback();
      await settled();
    }
    this.passed = end;
  }

  private next(end: number): { due: number; callback: () => void } | undefined {
    return [...this.timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
  }
}

/** A machine in that time, with a clock that may be wrong and may be set. */
export class FakeMachine implements Clock {
  private dead = false;

  /** @param aheadMs by how much it is ahead of the time. */
  constructor(
    private readonly time: FakeClock,
    public aheadMs = 0,
  ) {}

  now(): number {
    return this.time.now() + this.aheadMs;
  }

  elapsed(): number {
    return this.time.elapsed();
  }

  after(ms: number, callback: () => void): () => void {
    return this.time.after(ms, () => {
      if (!this.dead) callback();
    });
  }

  /** Whatever runs on it has done its last. */
  kill(): void {
    this.dead = true;
  }
}
