import {
  createHoldfastClient,
  type Delivery,
  type DeliveryDetail,
  type HoldfastClient,
  HoldfastProblem,
  HoldfastUnreachable,
  type Order,
  type Product,
  type WebhookWithSecret,
} from '@holdfast/client';
import { DemoError } from './demo.errors.js';
import { type FoundSystem, START_IT } from './find-system.js';

export type { Delivery, Order, Product };
export type SubscribedType = WebhookWithSecret['eventTypes'][number];
export type Attempt = DeliveryDetail['attempts'][number];

/** Somebody waits at the terminal: a system that is not there is reported after a second or so. */
const RETRIES = 3;

/** The calls that the demo makes, as a client. Each rejects with DemoError when the system refuses or does not answer. */
export class HoldfastApi {
  readonly #client: HoldfastClient;

  constructor(
    private readonly system: FoundSystem,
    private readonly signal: AbortSignal,
  ) {
    this.#client = createHoldfastClient({ baseUrl: system.url, apiKey: system.key, retries: RETRIES });
  }

  async products(): Promise<Product[]> {
    const { signal } = this;
    return (await this.ask(this.#client.get('/products', { params: { query: { limit: 100 } }, signal }))).data;
  }

  /** @param reference what the client calls the order. */
  placeOrder(productId: string, quantity: number, reference: string): Promise<Order> {
    const body = { items: [{ productId, quantity }], reference };
    return this.ask(this.#client.post('/orders', { body, signal: this.signal }));
  }

  cancelOrder(id: string): Promise<Order> {
    return this.ask(this.#client.post('/orders/{id}/cancel', { params: { path: { id } }, signal: this.signal }));
  }

  /** Not to be broken off: the answer names what has to be deleted. */
  subscribe(url: string, eventTypes: SubscribedType[]): Promise<WebhookWithSecret> {
    const body = { url, eventTypes, description: 'npm run demo; it deletes this at its end' };
    return this.ask(this.#client.post('/webhooks', { body, signal: AbortSignal.timeout(15_000) }));
  }

  async deliveries(webhookId: string, eventType: Delivery['eventType']): Promise<Delivery[]> {
    const params = { path: { id: webhookId }, query: { eventType, limit: 100 } };
    return (await this.ask(this.#client.get('/webhooks/{id}/deliveries', { params, signal: this.signal }))).data;
  }

  delivery(id: string): Promise<DeliveryDetail> {
    return this.ask(this.#client.get('/deliveries/{id}', { params: { path: { id } }, signal: this.signal }));
  }

  /** Also after the demo was stopped. */
  async unsubscribe(webhookId: string): Promise<void> {
    const signal = AbortSignal.timeout(5_000);
    await this.ask(this.#client.delete('/webhooks/{id}', { params: { path: { id: webhookId } }, signal }));
  }

  private async ask<Data>(call: Promise<{ data: Data }>): Promise<Data> {
    try {
      return (await call).data;
    } catch (cause) {
      if (cause instanceof HoldfastProblem) throw new DemoError(cause.message, { cause });
      if (!(cause instanceof HoldfastUnreachable)) throw cause;
      throw new DemoError(`Nothing answers at ${this.system.url}: ${START_IT}`, { cause });
    }
  }
}
