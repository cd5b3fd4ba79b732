import { syncBuiltinESMExports } from 'node:module';
import threads, { type WorkerOptions } from 'node:worker_threads';

/**
 * Has every thread that the process starts load a module first, also where the product says that a thread loads nothing:
 * its points and its clock are those of the process.
 */
export function loadInThreads(module: string): void {
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(program: string | URL, options: WorkerOptions = {}) {
      const execArgv = options.execArgv && [...options.execArgv, '--import', module];
      super(program, { ...options, ...(execArgv && { execArgv }) });
    }
  };
  // Whoever imports { Worker } gets this one from here on.
  syncBuiltinESMExports();
}
