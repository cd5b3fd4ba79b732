import { join } from 'node:path';
import { BenchProcess } from '../processes/bench-process.js';
import { becomesTrue } from '../processes/poll.js';
import { Teardown } from '../processes/teardown.js';
import { ProductSystem } from '../systems/product-system.js';

/** What the crowd is told, one at a time; it answers with a report. */
export type CrowdOrder = { urls: readonly string[]; headers: Record<string, string> } | 'leave' | 'report';

/** Of the streams that were opened and not left. */
export interface CrowdReport {
  confirmed: number;
  toldOfTheEnd: number;
}

/** Far longer than it takes; what has not come by then does not come. */
const TIMEOUT_MS = 30_000;
const POLL_MS = 50;

/** Clients that each hold one stream open, in a process of its own so that the load does not wait for it. */
export class StreamCrowd {
  private constructor(
    readonly process: BenchProcess,
    private readonly system: ProductSystem,
  ) {}

  static async start(system: ProductSystem, teardown: Teardown, dataDir: string): Promise<StreamCrowd> {
    const script = join(import.meta.dirname, 'stream-crowd.process.js');
    const process = BenchProcess.start({ name: 'streams', script, env: {}, dataDir }, teardown);
    await process.message();
    return new StreamCrowd(process, system);
  }

  /** Follows orders until they are closed. Resolves when every stream has told that its order is CONFIRMED. */
  async follow(orderIds: readonly string[]): Promise<void> {
    const { headers } = this.system.target;
    const urls = orderIds.map((id) => `${this.system.gatewayUrl}/orders/${id}/events?until=closed`);
    await this.#tell({ urls, headers });
    await this.#reports('every stream open', ({ confirmed }) => confirmed === orderIds.length);
  }

  /** Every client closes its connection without a word. */
  async leave(): Promise<void> {
    await this.#tell('leave');
  }

  /** Resolves when so many streams have told of the end of their order and were ended; to how many they are at last. */
  async toldOfTheEnd(expected: number): Promise<number> {
    await this.#reports('every stream ended', ({ toldOfTheEnd }) => toldOfTheEnd === expected).catch(() => undefined);
    return (await this.#tell('report')).toldOfTheEnd;
  }

  #reports(what: string, condition: (report: CrowdReport) => boolean): Promise<void> {
    const check = async () => condition(await this.#tell('report'));
    return becomesTrue(what, check, { timeoutMs: TIMEOUT_MS, intervalMs: POLL_MS });
  }

  async #tell(order: CrowdOrder): Promise<CrowdReport> {
    return (await this.process.ask(order)) as CrowdReport;
  }
}
