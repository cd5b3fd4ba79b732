import { type Clock } from '../src/app/ports.js';

/** Time that passes when a test says so. */
export class FakeClock implements Clock {
  private readonly timers = new Set<{ time: number; callback: () => void }>();

  constructor(private time = Date.parse('2026-01-05T09:30:00.000Z')) {}

  now(): number {
    return this.time;
  }

  at(time: number, callback: () => void): () => void {
    const timer = { time, callback };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /**
   * Lets time pass, timer by timer, with everything that each one sets in motion done before the next.
   *
   * @param settled resolves when nothing is in motion any more.
   */
  async pass(ms: number, settled: () => Promise<void>): Promise<void> {
    const end = this.time + ms;
    await settled();
    for (let next = this.next(end); next; next = this.next(end)) {
      this.time = Math.max(this.time, next.time);
      this.timers.delete(next);
      next.callback();
      await settled();
    }
    this.time = end;
  }

  private next(end: number): { time: number; callback: () => void } | undefined {
    return [...this.timers].filter(({ time }) => time <= end).sort((a, b) => a.time - b.time)[0];
  }
}
