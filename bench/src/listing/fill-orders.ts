import { setImmediate as turn } from 'node:timers/promises';
import { DatabaseLocation } from '../databases/database-location.js';
import { listedOrder } from './listed-order.js';
import { openOrderStore } from './order-store.js';

const BATCH = 10_000;

export interface Filling {
  count: number;
  skus: readonly string[];
  /** Hears how many are stored, about ten times. */
  onProgress: (stored: number) => void;
}

/** Writes orders into the database of orders-service, as it would have stored them over time, the last one now. */
export async function fillOrders(location: DatabaseLocation, { count, skus, onProgress }: Filling): Promise<void> {
  const store = await openOrderStore(location);
  const orders = { count, skus, now: Date.now() };
  const tenth = Math.max(BATCH, Math.ceil(count / 10 / BATCH) * BATCH);
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from);
    await store.add(Array.from({ length: size }, (_, index) => listedOrder(from + index, orders)));
    if ((from + size) % tenth === 0) onProgress(from + size);
    await turn();
  }
  await store.finish();
}
