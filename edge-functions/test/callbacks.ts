import { Webhook } from 'standardwebhooks';

/** A secret as the publisher makes them: 32 bytes. */
export const secretOf = (seed: number): string => `whsec_${Buffer.alloc(32, seed).toString('base64')}`;

export const SECRET = secretOf(7);

export interface TestCallback {
  id: string;
  type: string;
  timestamp: string;
  subject: string;
  data: Record<string, unknown>;
  sequence: number;
  previousEventId: string | null;
}

export const ORDER_ID = '019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10';
const PRODUCT_ID = '019abf20-1c3a-7b0e-8f21-5d0c9e7a4b62';
const WEBHOOK_ID = '019abf2e-aaaa-7c11-9a54-6b1d4a3f2e10';
const AT = '2026-01-05T09:30:00.040Z';

const order = { orderId: ORDER_ID, clientId: 'shop', idempotencyKey: 'shop:checkout-4711', reference: 'R-1' };
const items = [{ productId: 'mug', quantity: 2 }];
const soldItems = [
  { productId: PRODUCT_ID, quantity: 2, sku: 'mug', name: 'Blue mug', unitPrice: { amount: 1250, currency: 'EUR' } },
];
const total = { amount: 2500, currency: 'EUR' };
const product = { productId: PRODUCT_ID, sku: 'mug', name: 'Blue mug' };
const reservation = { orderId: ORDER_ID, clientId: 'shop', idempotencyKey: 'shop:checkout-4711' };

/** `data` of each type, as the contracts have it. */
export const sampleData: Readonly<Record<string, Record<string, unknown>>> = {
  'order.created': { ...order, status: 'PENDING', items, createdAt: AT },
  'order.confirmed': { ...order, status: 'CONFIRMED', items: soldItems, total, confirmedAt: AT },
  'order.rejected': {
    ...order,
    status: 'REJECTED',
    items,
    reason: 'OUT_OF_STOCK',
    detail: 'There is not enough of mug (2 wanted, 1 available).',
    rejectedAt: AT,
  },
  'order.cancelled': {
    ...order,
    status: 'CANCELLED',
    previousStatus: 'CONFIRMED',
    items: soldItems,
    total,
    cancelledAt: AT,
  },
  'product.stockReserved': { ...reservation, reserved: true, items: soldItems, total },
  'product.stockReleased': { ...reservation, items: [{ ...product, quantity: 2 }], releasedAt: AT },
  'product.stockAdjusted': {
    ...product,
    delta: 20,
    reason: 'delivery 4711',
    adjustedBy: 'ops',
    stock: { onHand: 25, reserved: 3, available: 22 },
    adjustedAt: AT,
  },
  'product.stockLow': { ...product, available: 3, threshold: 5, crossedAt: AT },
  'webhook.disabled': {
    webhookId: WEBHOOK_ID,
    clientId: 'shop',
    host: 'hooks.shop.example',
    reason: 'FAILING',
    detail: 'No callback has succeeded for 5 days.',
    disabledAt: AT,
  },
  'webhook.test': { webhookId: WEBHOOK_ID, clientId: 'shop', message: 'It works' },
};

let made = 0;

/** A callback of that type; each has an id of its own. */
export function aCallback(type: string, data: Record<string, unknown> = {}): TestCallback {
  made += 1;
  return {
    id: `019abf2e-7d5c-7c11-9a54-${String(made).padStart(12, '0')}`,
    type,
    timestamp: AT,
    subject: `order/${ORDER_ID}`,
    data: { ...sampleData[type], ...data },
    sequence: 1,
    previousEventId: null,
  };
}

export interface SignOptions {
  secrets?: readonly string[];
  /** When it says that it was sent. */
  at?: Date;
}

/** The headers of a callback, signed by the public library. */
export function signedHeaders(id: string, body: string, { secrets = [SECRET], at = new Date() }: SignOptions = {}) {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}

/** A callback as the publisher sends it. */
export function signedRequest(callback: TestCallback, options?: SignOptions, url = 'http://function.test/'): Request {
  const body = JSON.stringify(callback);
  return new Request(url, { method: 'POST', headers: signedHeaders(callback.id, body, options), body });
}
