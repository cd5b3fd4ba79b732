import { PrivatePostgres } from '../databases/private-postgres.js';
import { CostPerOrder } from '../measurement.js';
import { RunningSystem } from '../systems/system.js';
import { type DiskUsage, diskUsage } from './disk-usage.js';
import { loopbackKiB } from './network-usage.js';
import { OrderBook } from './order-book.js';

/** What the system has taken of everything but CPU by some moment. */
export interface CostReading {
  commits: number | undefined;
  storedKiB: number;
  walKiB: number | undefined;
  disk: DiskUsage | undefined;
  networkKiB: number;
}

export interface Metered {
  system: RunningSystem;
  orders: OrderBook;
  postgres: PrivatePostgres | undefined;
  /** Where it all is. */
  dataDir: string;
}

/** Reads it all. */
export async function readCosts({ system, orders, postgres, dataDir }: Metered): Promise<CostReading> {
  return {
    commits: await system.commits(),
    storedKiB: (await orders.bytes()) / 1024,
    walKiB: postgres && (await postgres.walBytes()) / 1024,
    disk: diskUsage(dataDir),
    networkKiB: loopbackKiB(),
  };
}

/** What each of `orders` orders took between two readings. */
export function costPerOrder(before: CostReading, after: CostReading, orders: number): CostPerOrder {
  const each = (from: number, to: number): number => (to - from) / orders;
  const eachOf = (from: number | undefined, to: number | undefined): number | undefined =>
    from === undefined || to === undefined ? undefined : each(from, to);
  return {
    commitsPerOrder: eachOf(before.commits, after.commits),
    storedKiBPerOrder: each(before.storedKiB, after.storedKiB),
    walKiBPerOrder: eachOf(before.walKiB, after.walKiB),
    writtenKiBPerOrder: eachOf(before.disk?.writtenKiB, after.disk?.writtenKiB),
    flushesPerOrder: eachOf(before.disk?.flushes, after.disk?.flushes),
    networkKiBPerOrder: each(before.networkKiB, after.networkKiB),
  };
}
