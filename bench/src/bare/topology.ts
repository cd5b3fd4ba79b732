import { Channel } from 'amqplib';

export const ORDERS_QUEUE = 'bare_orders';
export const PRODUCTS_QUEUE = 'bare_products';
export const EVENTS_EXCHANGE = 'bare_events';
export const STOCK_RESERVED = 'product.stockReserved';

const UNROUTED = 'bare_events.unrouted';
const QUORUM = { durable: true, arguments: { 'x-queue-type': 'quorum' } };

/** The queues, the topic exchange and its alternate. Every process declares it before it publishes. */
export async function declareTopology(channel: Channel): Promise<void> {
  await channel.assertExchange(UNROUTED, 'fanout', { durable: true });
  await channel.assertExchange(EVENTS_EXCHANGE, 'topic', { durable: true, alternateExchange: UNROUTED });
  await channel.assertQueue(ORDERS_QUEUE, QUORUM);
  await channel.assertQueue(PRODUCTS_QUEUE, QUORUM);
  await channel.bindQueue(ORDERS_QUEUE, EVENTS_EXCHANGE, STOCK_RESERVED);
}
