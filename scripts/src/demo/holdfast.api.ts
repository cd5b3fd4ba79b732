import { refusalText } from '../start/refusal-text.js';
import { DemoError } from './demo.errors.js';
import { type FoundSystem, START_IT } from './find-system.js';

export interface Product {
  sku: string;
  name: string;
  stock: { available: number };
}

export interface Order {
  id: string;
  status: string;
}

export interface Webhook {
  id: string;
  /** Shown by the answer that created it, and never again. */
  secret: string;
}

export interface Attempt {
  number: number;
  at: string;
  durationMs: number;
  status: number | null;
  error: string | null;
  answer: string | null;
}

export interface Delivery {
  id: string;
  eventId: string;
  eventType: string;
  status: string;
  attemptCount: number;
}

/** The calls that the demo makes, as a client. Each rejects with DemoError when the system refuses or does not answer. */
export class HoldfastApi {
  constructor(
    private readonly system: FoundSystem,
    private readonly signal: AbortSignal,
  ) {}

  async products(): Promise<Product[]> {
    return (await this.ask<{ data: Product[] }>('GET', '/products?limit=100')).data;
  }

  /** @param reference what the client calls the order. */
  placeOrder(productId: string, quantity: number, reference: string): Promise<Order> {
    return this.ask('POST', '/orders', { items: [{ productId, quantity }], reference });
  }

  cancelOrder(id: string): Promise<Order> {
    return this.ask('POST', `/orders/${id}/cancel`);
  }

  /** Not to be broken off: the answer names what has to be deleted. */
  subscribe(url: string, eventTypes: readonly string[]): Promise<Webhook> {
    const settings = { url, eventTypes, description: 'npm run demo; it deletes this at its end' };
    return this.ask('POST', '/webhooks', settings, AbortSignal.timeout(15_000));
  }

  async deliveries(webhookId: string, eventType: string): Promise<Delivery[]> {
    const path = `/webhooks/${webhookId}/deliveries?eventType=${eventType}&limit=100`;
    return (await this.ask<{ data: Delivery[] }>('GET', path)).data;
  }

  delivery(id: string): Promise<Delivery & { attempts: Attempt[] }> {
    return this.ask('GET', `/deliveries/${id}`);
  }

  /** Also after the demo was stopped. */
  async unsubscribe(webhookId: string): Promise<void> {
    await this.ask('DELETE', `/webhooks/${webhookId}`, undefined, AbortSignal.timeout(5_000));
  }

  private async ask<T>(method: string, path: string, body?: object, signal = this.signal): Promise<T> {
    const { url, key } = this.system;
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...type },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal,
    }).catch((cause: unknown) => {
      if (signal.aborted) throw cause;
      throw new DemoError(`Nothing answers at ${url}: ${START_IT}`, { cause });
    });
    const text = await response.text();
    if (!response.ok) throw new DemoError(`${method} ${path} was refused: ${response.status} ${refusalText(text)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
