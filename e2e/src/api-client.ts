import { type OrderView, type ProductPage, type ProductView, type StockAdjustmentView } from '@holdfast/contracts';

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

/** Somebody who calls the API with a key. */
export class ApiClient {
  constructor(
    private readonly gatewayUrl: string,
    private readonly key: string,
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

  /** @throws ConnectionLostError */
  async request<Body>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    headers: Record<string, string> = {},
    body?: object,
  ): Promise<Answer<Body>> {
    const {
      status,
      headers: answered,
      text,
    } = await this.fetched(path, {
      method,
      headers: { authorization: `Bearer ${this.key}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    return { status, headers: answered, text, body: parsed as Body };
  }

  private async fetched(path: string, init: RequestInit): Promise<{ status: number; headers: Headers; text: string }> {
    const stuck = AbortSignal.timeout(STUCK_MS);
    try {
      const response = await fetch(`${this.gatewayUrl}${path}`, { ...init, signal: stuck });
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (cause) {
      if (stuck.aborted) throw new Error(`${path} was not answered in ${STUCK_MS} ms`, { cause });
      throw new ConnectionLostError(`${path}: the connection was lost`, { cause });
    }
  }
}
