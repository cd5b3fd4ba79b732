import { LoadTarget } from '../load/load.js';
import { BenchProcess } from '../processes/bench-process.js';

/** `bare` publishes what its hops need, `bare-events` also what the product publishes for subscribers. */
export const SYSTEMS = ['bare', 'bare-events', 'product'] as const;
export type SystemName = (typeof SYSTEMS)[number];

/** What a system is started with. Everything is its own: broker, Redis, data directory. */
export interface SystemSetup {
  amqpUrl: string;
  redisUrl: string;
  dataDir: string;
  skus: readonly string[];
  /** Units of every sku. */
  stockPerSku: number;
  /** For the product's services, beside what `npm start` sets. */
  env?: Record<string, string>;
}

/** A system that is ready for load. It is stopped through the teardown that it was started with. */
export interface RunningSystem {
  readonly processes: readonly BenchProcess[];
  readonly target: LoadTarget;
  /** SQLite file with a table `orders` that has a column `status`. */
  readonly ordersDatabase: string;
  readonly productsDatabase: string;
  /** Query on productsDatabase whose only value is the number of units that nobody has bought. */
  readonly unitsLeftQuery: string;
}
