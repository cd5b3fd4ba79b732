import { createTransport, HoldfastUnreachable } from '@holdfast/client';
import { type OrderView, type ProductPage, type ProductView, type StockAdjustmentView } from '@holdfast/contracts';
import { OpenApiConformance } from './openapi-conformance.js';

/** API keys of a test system: two clients and an operator. */
export const KEYS = {
  shop: 'shop-secret-0123456789',
  rival: 'rival-secret-0123456789',
  operator: 'operator-secret-0123456789',
} as const;

/** The same as the gateway's configuration has them. */
export const API_KEYS = `client:shop:${KEYS.shop},client:rival:${KEYS.rival},operator:ops:${KEYS.operator}`;

// Far above every time limit of the gateway: what takes longer is stuck.
const STUCK_MS = 60_000;

/** There was no connection, or it broke before the answer came: nobody knows what became of the request. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

export interface Answer<Body> {
  status: number;
  headers: Headers;
  text: string;
  /** The body, parsed; undefined where there is none. */
  body: Body;
}

/** A body of `POST /orders`. */
export type OrderRequest =
  | { productId: string; quantity: number; reference?: string }
  | { items: { productId: string; quantity: number }[]; reference?: string };

export interface ProductRequest {
  sku: string;
  name: string;
  price: { amount: number; currency: string };
  stock: number;
  lowStockThreshold?: number;
}

// Tests look at every answer, so nothing is sent again that they do not send again themselves.
const transport = createTransport({ retries: 0, attemptTimeoutMs: STUCK_MS });

/** Somebody who calls the API with a key. What is answered has to be as the API describes it. */
export class ApiClient {
  constructor(
    private readonly gatewayUrl: string,
    private readonly key: string,
    private readonly conformance: OpenApiConformance,
  ) {}

  placeOrder(order: OrderRequest, headers: Record<string, string> = {}): Promise<Answer<OrderView>> {
    return this.request('POST', '/orders', headers, order);
  }

  order(id: string, headers: Record<string, string> = {}): Promise<Answer<OrderView>> {
    return this.request('GET', `/orders/${id}`, headers);
  }

  /** Without a body. */
  cancelOrder(id: string, headers: Record<string, string> = {}): Promise<Answer<OrderView>> {
    return this.request('POST', `/orders/${id}/cancel`, headers);
  }

  createProduct(product: ProductRequest): Promise<Answer<ProductView>> {
    return this.request('POST', '/products', {}, product);
  }

  adjustStock(
    ref: string,
    adjustment: { delta: number; reason: string },
    headers: Record<string, string> = {},
  ): Promise<Answer<StockAdjustmentView>> {
    return this.request('POST', `/products/${ref}/stock-adjustments`, headers, adjustment);
  }

  product(ref: string, headers: Record<string, string> = {}): Promise<Answer<ProductView>> {
    return this.request('GET', `/products/${ref}`, headers);
  }

  products(query = ''): Promise<Answer<ProductPage>> {
    return this.request('GET', `/products${query}`);
  }

  /** A string is sent as it is. Rejects with ConnectionLostError, or with OpenApiMismatchError when the answer is not as it is described. */
  async request<Body>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    headers: Record<string, string> = {},
    body?: object | string,
  ): Promise<Answer<Body>> {
    const response = await this.send(path, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    this.conformance.check({ method, path, status: response.status, headers: response.headers, body: parsed });
    return { status: response.status, headers: response.headers, text, body: parsed as Body };
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    try {
      return await transport(new Request(`${this.gatewayUrl}${path}`, init));
    } catch (error) {
      if (!(error instanceof HoldfastUnreachable)) throw error;
      if (error.cause instanceof DOMException) throw new Error(`${path} was not answered`, { cause: error.cause });
      throw new ConnectionLostError(`${path}: the connection was lost`, { cause: error.cause });
    }
  }
}
