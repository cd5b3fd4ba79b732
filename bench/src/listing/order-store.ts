import Database from 'better-sqlite3';
import pg from 'pg';
import { DatabaseLocation } from '../databases/database-location.js';
import { ITEM_COLUMNS, ListedOrder, ORDER_COLUMNS } from './listed-order.js';

/** Writes orders straight into the database of orders-service. */
export interface OrderStore {
  /** In one transaction. */
  add(orders: readonly ListedOrder[]): Promise<void>;
  /** Leaves the database as time would have left it, and closes. */
  finish(): Promise<void>;
}

/** Opens the database, whose schema the service has made. */
export function openOrderStore(location: DatabaseLocation): Promise<OrderStore> {
  return location.dialect === 'sqlite' ? openFile(location.file) : openServer(location.url);
}

async function openFile(file: string): Promise<OrderStore> {
  const database = new Database(file);
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -262144');
  const insert = (table: string, columns: readonly string[]) =>
    database.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
  const [insertOrder, insertItem] = [insert('orders', ORDER_COLUMNS), insert('order_items', ITEM_COLUMNS)];
  const addAll = database.transaction((orders: readonly ListedOrder[]) => {
    for (const { order, item } of orders) {
      insertOrder.run(...order);
      insertItem.run(...item);
    }
  });
  return {
    add: async (orders) => addAll(orders),
    finish: async () => {
      database.pragma('wal_checkpoint(TRUNCATE)');
      database.close();
    },
  };
}

/** Columns that hold numbers; all others hold text. */
const NUMBERS = /^(total_amount|unit_amount|quantity|line|version|asks|.*_at)$/;

async function openServer(url: string): Promise<OrderStore> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('SET synchronous_commit = off');
  const insert = (table: string, columns: readonly string[], rows: readonly ListedOrder['order'][]) => {
    // An array for each column: a statement takes 65,535 parameters, which are few rows.
    const arrays = columns.map((name, index) => `$${index + 1}::${NUMBERS.test(name) ? 'bigint' : 'text'}[]`);
    const text = `INSERT INTO ${table} (${columns.join(', ')}) SELECT * FROM unnest(${arrays.join(', ')})`;
    return client.query(
      text,
      columns.map((_, index) => rows.map((row) => row[index] ?? null)),
    );
  };
  return {
    add: async (orders) => {
      await client.query('BEGIN');
      const rows = (of: keyof ListedOrder) => orders.map((listed) => listed[of]);
      await insert('orders', ORDER_COLUMNS, rows('order'));
      await insert('order_items', ITEM_COLUMNS, rows('item'));
      await client.query('COMMIT');
    },
    finish: async () => {
      // As autovacuum would have: statistics for the planner, and which pages an index alone can answer for.
      await client.query('VACUUM (ANALYZE) orders, order_items');
      await client.end();
    },
  };
}
