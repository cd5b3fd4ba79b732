import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { uuidV7 } from '../uuid-v7.js';

const BATCH = 10_000;

/** One order in so many milliseconds: a million are two days and a half. */
const EVERY_MS = 200;

/** Every thousandth order waits for its stock, so that some filter fits few orders of many; all of them of the first product. */
const PENDING_SHARE = 1_000;
const REJECTED_SHARE = 50;
const OTHER_CLIENTS_SHARE = 5;
const SAME_REFERENCE_SHARE = 10;

/** A tenth of the orders is of the first product. */
const FIRST_PRODUCT_SHARE = 10;

export const SAME_REFERENCE = 'spring campaign';

const INSERT_ORDER = `
  INSERT INTO orders (id, client_id, idempotency_key, status, reference, total_amount, currency, rejection_reason,
    created_at, updated_at, version, ask_again_at, asks)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`;

const INSERT_ITEM = `
  INSERT INTO order_items (order_id, line, product_id, quantity, sku, name, unit_amount, currency, ordered_as, client_id,
    created_at)
  VALUES (?, 0, ?, 1, ?, ?, ?, ?, ?, ?, ?)`;

// Beyond what the bench waits for: the reconciler must not ask for the stock of orders that nobody placed.
const NEVER_ASK = 8_640_000_000_000_000;

/**
 * Writes orders straight into the database of orders-service, as it would have stored them over time: `bench`'s for the
 * most part, the oldest first, the last one now.
 */
export async function fillOrders(file: string, count: number, skus: readonly string[]): Promise<void> {
  const database = new Database(file);
  try {
    database.pragma('synchronous = OFF');
    database.pragma('cache_size = -262144');
    const fill = filler(database, count, skus);
    for (let from = 0; from < count; from += BATCH) {
      fill(from, Math.min(from + BATCH, count));
      await turn();
    }
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

function filler(database: Database.Database, count: number, skus: readonly string[]) {
  const insertOrder = database.prepare(INSERT_ORDER);
  const insertItem = database.prepare(INSERT_ITEM);
  const begin = Date.now() - count * EVERY_MS;
  return database.transaction((from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const at = begin + index * EVERY_MS;
      const id = uuidV7(at);
      const status = statusOf(index);
      const sold = status === 'CONFIRMED';
      const client = index % OTHER_CLIENTS_SHARE === 2 ? 'another' : 'bench';
      const reference = index % SAME_REFERENCE_SHARE === 1 ? SAME_REFERENCE : null;
      const sku = skus[index % FIRST_PRODUCT_SHARE === 0 ? 0 : index % skus.length];
      const price = sold ? [1_999, 'EUR'] : [null, null];
      const reason = status === 'REJECTED' ? 'OUT_OF_STOCK' : null;
      insertOrder.run(id, client, id, status, reference, ...price, reason, at, at, sold ? 2 : 1, NEVER_ASK);
      insertItem.run(id, sku, sold ? sku : null, sold ? 'A product' : null, ...price, sku, client, at);
    }
  });
}

function statusOf(index: number): string {
  if (index % PENDING_SHARE === 20) return 'PENDING';
  return index % REJECTED_SHARE === 10 ? 'REJECTED' : 'CONFIRMED';
}
