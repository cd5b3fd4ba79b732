import { join } from 'node:path';
import { BenchProcess } from '../../processes/bench-process.js';
import { within } from '../../processes/poll.js';
import { Teardown } from '../../processes/teardown.js';
import { Endpoint } from '../endpoint.js';
import { Behaviour } from './behaviour.js';
import { Latency, ReceiptReport, Window } from './receipts.js';

/** Far longer than any measurement; what has not come by then does not come. */
const COMPLETE_TIMEOUT_MS = 120_000;

/** The subscribers: one process that listens on a port for each endpoint and answers 200 at once unless told otherwise. */
export class Receiver {
  #complete: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly process: BenchProcess,
    /** One of each endpoint. */
    readonly urls: readonly string[],
  ) {}

  static async start(endpoints: number, teardown: Teardown, dataDir: string): Promise<Receiver> {
    const script = join(import.meta.dirname, 'receiver.process.js');
    const process = BenchProcess.start({ name: 'receiver', script, env: {}, dataDir }, teardown);
    const ports = (await process.ask({ listen: endpoints })) as number[];
    return new Receiver(
      process,
      ports.map((port) => `http://127.0.0.1:${port}/callbacks`),
    );
  }

  /**
   * Has endpoints, by their index, answer otherwise from now on, and ends what hung until now. What comes to one that is
   * not well is not counted.
   */
  async behave(behaviours: Record<number, Behaviour>): Promise<void> {
    await this.process.ask({ behave: behaviours });
  }

  /** Forgets what came and waits for this many callbacks from now on. */
  async expect(deliveries: number, endpoints: readonly Endpoint[]): Promise<void> {
    await this.process.ask({ expect: { deliveries, secrets: endpoints.map(({ secret }) => secret) } });
    this.#complete = this.process.message();
    // Whoever waits for it sees the failure.
    this.#complete.catch(() => undefined);
  }

  /** Resolves, once each of the callbacks has come, to the moment of the last: epoch milliseconds. */
  async complete(): Promise<number> {
    return (await within(COMPLETE_TIMEOUT_MS, 'every callback received', this.#complete)) as number;
  }

  async report(): Promise<ReceiptReport> {
    return (await this.process.ask('report')) as ReceiptReport;
  }

  async latency(window: Window): Promise<Latency> {
    return (await this.process.ask({ latency: window })) as Latency;
  }
}
