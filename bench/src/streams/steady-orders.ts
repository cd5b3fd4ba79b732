import { join } from 'node:path';
import { type LoadTarget } from '../load/load.js';
import { BenchProcess } from '../processes/bench-process.js';
import { Teardown } from '../processes/teardown.js';

export interface SteadyLoad {
  perSecond: number;
  seconds: number;
}

/** From the moment that an order was due until its 201. */
export interface SteadyResult {
  p50Ms: number;
  p99Ms: number;
}

/** Orders at a steady rate, however long their answers take, from a process of their own. */
export class SteadyOrders {
  private constructor(readonly process: BenchProcess) {}

  static async start(teardown: Teardown, dataDir: string): Promise<SteadyOrders> {
    const script = join(import.meta.dirname, 'steady-orders.process.js');
    const process = BenchProcess.start({ name: 'load', script, env: {}, dataDir }, teardown);
    await process.message();
    return new SteadyOrders(process);
  }

  /** Resolves when every order is answered; rejects when one is refused. */
  async run(load: SteadyLoad, target: LoadTarget): Promise<SteadyResult> {
    return (await this.process.ask({ load, target })) as SteadyResult;
  }
}
