import { join } from 'node:path';
import { BenchProcess } from '../processes/bench-process.js';
import { Teardown } from '../processes/teardown.js';
import { Load, LoadResult, LoadTarget } from './load.js';

/** The HTTP load, in a process of its own so that it can be measured apart and does not wait for our event loop. */
export class LoadGenerator {
  private constructor(readonly process: BenchProcess) {}

  static async start(teardown: Teardown, dataDir: string): Promise<LoadGenerator> {
    const script = join(import.meta.dirname, 'http-load.process.js');
    const process = BenchProcess.start({ name: 'load', script, env: {}, dataDir }, teardown);
    await process.message();
    return new LoadGenerator(process);
  }

  /** Rejects when the process ends before its result. */
  async run(load: Load, target: LoadTarget): Promise<LoadResult> {
    return (await this.process.ask({ load, target })) as LoadResult;
  }
}
