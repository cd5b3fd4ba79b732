import { join } from 'node:path';
import { ConfirmChannel, ConsumeMessage } from 'amqplib';
import Database from 'better-sqlite3';
import { uuidV7 } from '../uuid-v7.js';
import { runBareProcess } from './bare-process.js';
import { ackWhenConfirmed, consume, openChannel, requireConfirm } from './broker.js';
import { GroupCommit, openDatabase } from './group-commit.js';
import { decode, encode, NewOrder, PlacedOrder, ReserveStock, StockReserved } from './messages.js';
import { EVENTS_EXCHANGE, ORDERS_QUEUE, PRODUCTS_QUEUE } from './topology.js';

const PREFETCH = 500;

interface Work {
  message: ConsumeMessage;
  /** The order that the message places; undefined when it settles one. */
  placed?: PlacedOrder;
  settled?: StockReserved;
}

await runBareProcess(async ({ amqpUrl, dataDir, allEvents }) => {
  const database = openDatabase(join(dataDir, 'orders.db'));
  const store = orderStore(database);
  const channel = await openChannel(amqpUrl);

  const apply = ({ placed, settled }: Work) => {
    if (placed !== undefined) store.insert(placed);
    if (settled !== undefined) store.settle(settled);
  };
  const committed = (group: readonly Work[]) => {
    for (const { message, placed, settled } of group) {
      if (placed !== undefined) answer(channel, message, placed);
      if (allEvents) publishEvent(channel, placed, settled);
    }
    ackWhenConfirmed(channel, group.at(-1)?.message);
  };
  const group = new GroupCommit<Work>(database, apply, committed);

  await consume(channel, ORDERS_QUEUE, PREFETCH, (message) => {
    if (message.properties.type === 'orders.create') {
      const order = decode<NewOrder>(message.content);
      group.add({ message, placed: { id: uuidV7(), status: 'PENDING', ...order } });
    } else {
      group.add({ message, settled: decode<StockReserved>(message.content) });
    }
  });
});

function orderStore(database: Database.Database) {
  database.exec(`CREATE TABLE orders (
    id TEXT PRIMARY KEY, status TEXT NOT NULL, product_id TEXT NOT NULL, quantity INTEGER NOT NULL, created_at INTEGER NOT NULL
  ) WITHOUT ROWID`);
  const insert = database.prepare('INSERT INTO orders VALUES (?, ?, ?, ?, ?)');
  const settle = database.prepare(`UPDATE orders SET status = ? WHERE id = ? AND status = 'PENDING'`);
  return {
    insert: (order: PlacedOrder) => insert.run(order.id, order.status, order.productId, order.quantity, Date.now()),
    settle: (outcome: StockReserved) => settle.run(outcome.reserved ? 'CONFIRMED' : 'REJECTED', outcome.orderId),
  };
}

function answer(channel: ConfirmChannel, request: ConsumeMessage, order: PlacedOrder): void {
  const { replyTo, correlationId } = request.properties;
  channel.sendToQueue(replyTo, encode(order), { correlationId });
  const reserve: ReserveStock = { orderId: order.id, productId: order.productId, quantity: order.quantity };
  const properties = { persistent: true, type: 'product.reserveStock', messageId: order.id };
  channel.sendToQueue(PRODUCTS_QUEUE, encode(reserve), properties, requireConfirm);
}

function publishEvent(
  channel: ConfirmChannel,
  placed: PlacedOrder | undefined,
  settled: StockReserved | undefined,
): void {
  const [type, event] = placed === undefined ? ['order.confirmed', settled ?? {}] : ['order.created', placed];
  channel.publish(EVENTS_EXCHANGE, type, encode(event), { persistent: true, type }, requireConfirm);
}
