import {
  accepted,
  newId,
  type OrderView,
  type ProductDescription,
  type ProductView,
  type Reply,
  refused,
  type StockAdjustmentView,
} from '@holdfast/contracts';
import { declareTopology, EVENTS_EXCHANGE } from '@holdfast/messaging';
import { type AmqpProbe, openProbe } from '@holdfast/testing';
import { WebhooksDouble } from './webhooks.double.js';

/** A request as it came over RabbitMQ. */
export interface Received {
  pattern: string;
  data: Record<string, unknown>;
  properties: Message['properties'];
}

type Message = NonNullable<Parameters<Parameters<AmqpProbe['raw']['consume']>[1]>[0]>;

type Answer = Reply<unknown> | 'no answer' | { raw: object };

const QUEUES = [
  'orders_queue',
  'orders_queries',
  'products_queue',
  'products_queries',
  'webhooks_queue',
  'webhooks_queries',
];

/** Takes the gateway's requests from the real queues and answers as the services' contracts say. */
export class ServicesDouble {
  readonly received: Received[] = [];
  /** Orders by id. */
  readonly orders = new Map<string, OrderView>();
  readonly products = new Map<string, ProductView>();
  readonly publisher = new WebhooksDouble();
  /** Answers instead of the contract's, by pattern. */
  readonly answers = new Map<string, (request: Received) => Answer>();
  private readonly ordersByKey = new Map<string, OrderView>();

  private constructor(private readonly probe: AmqpProbe) {}

  static async start(url: string): Promise<ServicesDouble> {
    const probe = await openProbe(url);
    await declareTopology(probe.raw);
    const services = new ServicesDouble(probe);
    for (const queue of QUEUES) {
      await probe.raw.consume(queue, (message) => message && services.take(message), { noAck: true });
    }
    return services;
  }

  /** An order becomes final, and the event says so. */
  finish(orderId: string, status: 'CONFIRMED' | 'REJECTED' = 'CONFIRMED'): void {
    const order = this.orders.get(orderId);
    if (!order) throw new Error(`there is no order ${orderId}`);
    this.orders.set(orderId, { ...order, status, version: order.version + 1 });
    const type = `order.${status.toLowerCase()}`;
    this.probe.raw.publish(EVENTS_EXCHANGE, type, Buffer.from('{}'), {
      correlationId: orderId,
      messageId: newId(),
      type,
    });
  }

  receivedBy(pattern: string): Received[] {
    return this.received.filter((request) => request.pattern === pattern);
  }

  /** Answers a request that was left without an answer, by its place among those received. */
  answerLate(place: number): void {
    const request = this.received[place];
    if (!request) throw new Error(`there is no request ${place}`);
    const answer = this.answer(request);
    if (answer !== 'no answer') this.send(request, answer);
  }

  forget(): void {
    this.received.length = 0;
    this.answers.clear();
  }

  close(): Promise<void> {
    return this.probe.close();
  }

  private take(message: Message): void {
    // Events come to the publisher's queue as well; nobody waits for an answer to them.
    if (message.properties.replyTo === undefined) return;
    const { pattern, data } = JSON.parse(message.content.toString('utf8'));
    const request: Received = { pattern, data, properties: message.properties };
    this.received.push(request);
    const answer = (this.answers.get(pattern) ?? ((one) => this.answer(one)))(request);
    if (answer !== 'no answer') this.send(request, answer);
  }

  private send({ properties }: Received, answer: Exclude<Answer, 'no answer'>): void {
    const reply = 'raw' in answer ? answer.raw : { id: properties.messageId, response: answer, isDisposed: true };
    const { replyTo, correlationId } = properties;
    this.probe.raw.publish('', String(replyTo), Buffer.from(JSON.stringify(reply)), { correlationId });
  }

  private answer({ pattern, data, properties }: Received): Answer {
    if (/^(?:webhooks|deliveries)\./.test(pattern)) return this.publisher.answer(pattern, data);
    switch (pattern) {
      case 'orders.create':
        return this.place(data, String(properties.messageId));
      case 'orders.get': {
        const order = this.orders.get(String(data.orderId));
        return order ? accepted(order) : refused('ORDER_NOT_FOUND', 'There is no such order.');
      }
      case 'orders.cancel':
        return this.cancel(String(data.orderId));
      case 'product.adjustStock':
        return accepted({ adjustment: anAdjustment({ delta: Number(data.delta) }), replayed: false });
      case 'product.create':
        return accepted({ product: aProduct({ sku: String(data.sku) }), replayed: false });
      case 'product.change':
        return accepted(aProduct({ sku: String(data.productId), ...(data.changes as object), catalogueVersion: 2 }));
      case 'product.import':
        return this.import(data as unknown as ProductDescription);
      case 'product.get': {
        const product = this.products.get(String(data.productId));
        return product ? accepted(product) : refused('PRODUCT_NOT_FOUND', 'There is no such product.');
      }
      case 'product.movements':
        return accepted({ data: [], nextCursor: null });
      case 'product.list':
        return accepted({ data: [...this.products.values()], nextCursor: null });
      default:
        return accepted(aProduct({ sku: String(data.sku) }));
    }
  }

  private import({ sku, name }: ProductDescription): Answer {
    const existing = this.products.get(sku);
    if (existing && existing.name !== name)
      return refused('SKU_TAKEN', `There is a product with the sku ${sku} already.`);
    const product = existing ?? aProduct({ sku, name });
    this.products.set(sku, product);
    return accepted({ id: product.id, outcome: existing ? 'existing' : 'created' });
  }

  private cancel(orderId: string): Answer {
    const order = this.orders.get(orderId);
    if (!order) return refused('ORDER_NOT_FOUND', 'There is no such order.');
    const cancelled: OrderView = { ...order, status: 'CANCELLED', version: order.version + 1 };
    this.orders.set(orderId, cancelled);
    return accepted(cancelled);
  }

  private place(data: Record<string, unknown>, id: string): Answer {
    const key = data.idempotencyKey === undefined ? undefined : `${data.clientId}:${data.idempotencyKey}`;
    const earlier = key === undefined ? undefined : this.ordersByKey.get(key);
    if (earlier) return accepted({ order: earlier, replayed: true });
    const order = anOrder({ id });
    this.orders.set(id, order);
    if (key !== undefined) this.ordersByKey.set(key, order);
    return accepted({ order, replayed: false });
  }
}

const NOW = '2026-01-02T03:04:05.678Z';

export function anOrder(overrides: Partial<OrderView> = {}): OrderView {
  return {
    id: newId(),
    clientId: 'shop',
    status: 'PENDING',
    items: [{ productId: 'lamp', quantity: 2, sku: null, name: null, unitPrice: null }],
    total: null,
    reference: null,
    rejectionReason: null,
    rejectionDetail: null,
    createdAt: NOW,
    updatedAt: NOW,
    version: 1,
    ...overrides,
  };
}

export const anAdjustment = (overrides: Partial<StockAdjustmentView> = {}): StockAdjustmentView => ({
  id: newId(),
  productId: newId(),
  sku: 'lamp',
  name: 'Lamp',
  delta: 5,
  reason: 'a delivery',
  adjustedBy: 'ops',
  stock: { onHand: 15, reserved: 2, available: 13 },
  adjustedAt: NOW,
  ...overrides,
});

export function aProduct(overrides: Partial<ProductView> = {}): ProductView {
  return {
    id: newId(),
    sku: 'lamp',
    name: 'Lamp',
    price: { amount: 1_250, currency: 'EUR' },
    stock: { onHand: 10, reserved: 2, available: 8 },
    supplierId: null,
    lowStockThreshold: null,
    createdAt: NOW,
    updatedAt: NOW,
    version: 3,
    catalogueVersion: 1,
    ...overrides,
  };
}
