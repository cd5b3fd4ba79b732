import { type Count } from '../src/http/limits/shared-counter.js';

/** A counter with a clock that a test sets, as Redis is one for all gateways: a window begins with the first thing counted. */
export class CountingWindow {
  now = 1_000_000;
  /** How often something was added. */
  additions = 0;
  private readonly windows = new Map<string, { total: number; endsAt: number }>();

  constructor(private readonly windowMs: number) {}

  readonly clock = (): number => this.now;

  async add(key: string, amount: number): Promise<Count> {
    this.additions += 1;
    let window = this.windows.get(key);
    if (!window || window.endsAt <= this.now) {
      window = { total: 0, endsAt: this.now + this.windowMs };
      this.windows.set(key, window);
    }
    window.total += amount;
    return { total: window.total, endsInMs: window.endsAt - this.now };
  }
}
