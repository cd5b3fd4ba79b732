import { readdirSync } from 'node:fs';
import { cpuSeconds, residentMiB } from '../meters/process-usage.js';
import { becomesTrue } from '../processes/poll.js';
import { ProductSystem } from '../systems/product-system.js';

const TIMEOUT_MS = 30_000;
const POLL_MS = 10;

/** What the gateway uses, by /proc, and how many streams it has open, by its own account. */
export class GatewayMeter {
  readonly #pid: number;

  constructor(private readonly system: ProductSystem) {
    const gateway = system.processes.find(({ name }) => name === 'gateway');
    if (gateway === undefined) throw new Error('the gateway does not run');
    this.#pid = gateway.pid;
  }

  cpuSeconds(): number {
    return cpuSeconds(this.#pid);
  }

  residentMiB(): number {
    return residentMiB(this.#pid);
  }

  /** Open files and sockets. */
  handles(): number {
    return readdirSync(`/proc/${this.#pid}/fd`).length;
  }

  async openStreams(): Promise<number> {
    const metrics = await (await fetch(`${this.system.gatewayUrl}/metrics`)).text();
    return Number(/^holdfast_event_streams (\d+)$/m.exec(metrics)?.[1]);
  }

  /** Resolves when so many streams are open; to how long that took, in milliseconds. */
  async untilOpen(expected: number): Promise<number> {
    const started = performance.now();
    const asExpected = async () => (await this.openStreams()) === expected;
    await becomesTrue(`${expected} streams open`, asExpected, { timeoutMs: TIMEOUT_MS, intervalMs: POLL_MS });
    return performance.now() - started;
  }
}
