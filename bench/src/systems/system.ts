import { DatabaseLocation } from '../databases/database-location.js';
import { type DatabaseUrls } from '../databases/private-postgres.js';
import { LoadTarget } from '../load/load.js';
import { BenchProcess } from '../processes/bench-process.js';

/** `bare` publishes what its hops need, `bare-events` also what the product publishes for subscribers. */
export const SYSTEMS = ['bare', 'bare-events', 'product'] as const;
export type SystemName = (typeof SYSTEMS)[number];

/** What a system is started with. Everything is its own: broker, Redis, data directory. */
export interface SystemSetup {
  /** Several nodes separated by commas. */
  amqpUrl: string;
  redisUrl: string;
  dataDir: string;
  skus: readonly string[];
  /** Units of every sku. */
  stockPerSku: number;
}

/** Where and how often the product's services run; what is left out is as `npm start` has it. */
export interface ProductSetup extends SystemSetup {
  /** Default: files in the data directory. */
  databaseUrls?: DatabaseUrls | undefined;
  /** Processes of each service that has a database; default 1. */
  instances?: number;
  /** Default 1. */
  gateways?: number;
  /** For the services, beside what `npm start` sets. */
  env?: Record<string, string>;
}

/** A system that is ready for load. It is stopped through the teardown that it was started with. */
export interface RunningSystem {
  readonly processes: readonly BenchProcess[];
  readonly target: LoadTarget;
  /** With a table `orders` that has a column `status`. */
  readonly ordersDatabase: DatabaseLocation;
  /** With a table `products` whose column `available` is what nobody has bought. */
  readonly productsDatabase: DatabaseLocation;
  /** Commits of its services so far; undefined where nobody counts them. */
  commits(): Promise<number | undefined>;
}
