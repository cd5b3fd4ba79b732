import { join } from 'node:path';
import { freePort } from '@holdfast/local-servers';
import { BareConfig, toEnvironment } from '../bare/bare-process.js';
import { BenchProcess } from '../processes/bench-process.js';
import { Teardown } from '../processes/teardown.js';
import { RunningSystem, SystemSetup } from './system.js';

/** Starts the three processes of the bare pipeline, those that consume first. */
export async function startBareSystem(
  setup: SystemSetup,
  { allEvents }: { allEvents: boolean },
  teardown: Teardown,
): Promise<RunningSystem> {
  const { amqpUrl, dataDir, skus, stockPerSku } = setup;
  const port = await freePort();
  const config: BareConfig = { amqpUrl, dataDir, port, skus: [...skus], stock: stockPerSku, allEvents };
  const processes: BenchProcess[] = [];
  for (const name of ['products', 'orders', 'gateway']) {
    const script = join(import.meta.dirname, `../bare/${name}.process.js`);
    const started = BenchProcess.start({ name, script, env: toEnvironment(config), dataDir }, teardown);
    await started.message();
    processes.push(started);
  }
  return {
    processes,
    target: { ordersUrls: [`http://127.0.0.1:${port}/orders`], headers: {}, skus },
    ordersDatabase: { dialect: 'sqlite', file: join(dataDir, 'orders.db') },
    productsDatabase: { dialect: 'sqlite', file: join(dataDir, 'products.db') },
    commits: async () => undefined,
  };
}
