import { join } from 'node:path';
import { ConsumeMessage } from 'amqplib';
import Database from 'better-sqlite3';
import { BareConfig, runBareProcess } from './bare-process.js';
import { ackWhenConfirmed, consume, openChannel, requireConfirm } from './broker.js';
import { GroupCommit, openDatabase } from './group-commit.js';
import { decode, encode, ReserveStock, StockReserved } from './messages.js';
import { EVENTS_EXCHANGE, PRODUCTS_QUEUE, STOCK_RESERVED } from './topology.js';

const PREFETCH = 500;

interface Work {
  message: ConsumeMessage;
  outcome: StockReserved;
}

await runBareProcess(async (config) => {
  const database = openDatabase(join(config.dataDir, 'products.db'));
  const reserve = stockStore(database, config);
  const channel = await openChannel(config.amqpUrl);

  const apply = ({ message, outcome }: Work) => {
    outcome.reserved = reserve(decode<ReserveStock>(message.content));
  };
  const committed = (group: readonly Work[]) => {
    for (const { outcome } of group) {
      const properties = { persistent: true, type: STOCK_RESERVED, messageId: outcome.orderId };
      channel.publish(EVENTS_EXCHANGE, STOCK_RESERVED, encode(outcome), properties, requireConfirm);
    }
    ackWhenConfirmed(channel, group.at(-1)?.message);
  };
  const group = new GroupCommit<Work>(database, apply, committed);

  await consume(channel, PRODUCTS_QUEUE, PREFETCH, (message) => {
    group.add({ message, outcome: { orderId: message.properties.messageId, reserved: false } });
  });
});

/** Makes the tables, stocks every sku and answers the function that reserves: true when there was enough. */
function stockStore(database: Database.Database, { skus, stock }: BareConfig): (order: ReserveStock) => boolean {
  database.exec(`
    CREATE TABLE products (id TEXT PRIMARY KEY, available INTEGER NOT NULL CHECK (available >= 0)) WITHOUT ROWID;
    CREATE TABLE reservations (
      order_id TEXT PRIMARY KEY, product_id TEXT NOT NULL, quantity INTEGER NOT NULL, created_at INTEGER NOT NULL
    ) WITHOUT ROWID`);
  const addProduct = database.prepare('INSERT INTO products VALUES (?, ?)');
  for (const sku of skus) addProduct.run(sku, stock);
  const take = database.prepare('UPDATE products SET available = available - ? WHERE id = ? AND available >= ?');
  const addReservation = database.prepare('INSERT INTO reservations VALUES (?, ?, ?, ?)');
  return ({ orderId, productId, quantity }) => {
    if (take.run(quantity, productId, quantity).changes === 0) return false;
    addReservation.run(orderId, productId, quantity, Date.now());
    return true;
  };
}
