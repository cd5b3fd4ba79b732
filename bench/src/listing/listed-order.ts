import { uuidV7 } from '../uuid-v7.js';

/** One order in so many milliseconds: a million are two days and a half. */
const EVERY_MS = 200;

/** Every thousandth order waits for its stock, so that some filter fits few orders of many; all of them of the first product. */
const PENDING_SHARE = 1_000;
const REJECTED_SHARE = 50;
const OTHER_CLIENTS_SHARE = 5;
const SAME_REFERENCE_SHARE = 10;

/** A tenth of the orders is of the first product. */
const FIRST_PRODUCT_SHARE = 10;

export const SAME_REFERENCE = 'spring campaign';

// Beyond what the bench waits for: the reconciler must not ask for the stock of orders that nobody placed.
const NEVER_ASK = 8_640_000_000_000_000;

export const ORDER_COLUMNS = [
  ...['id', 'client_id', 'idempotency_key', 'status', 'reference', 'total_amount', 'currency', 'rejection_reason'],
  ...['created_at', 'updated_at', 'version', 'ask_again_at', 'asks'],
];

export const ITEM_COLUMNS = [
  ...[
    'order_id',
    'line',
    'product_id',
    'quantity',
    'sku',
    'name',
    'unit_amount',
    'currency',
    'ordered_as',
    'client_id',
  ],
  'created_at',
];

export type Value = string | number | null;

/** An order as orders-service would have stored it, with its one line: values of the columns above. */
export interface ListedOrder {
  order: Value[];
  item: Value[];
}

export interface ListedOrders {
  count: number;
  skus: readonly string[];
  /** When the last one was placed, in epoch milliseconds. */
  now: number;
}

/** The order of that index among so many: `bench`'s for the most part, the oldest first. */
export function listedOrder(index: number, { count, skus, now }: ListedOrders): ListedOrder {
  const at = now - (count - index) * EVERY_MS;
  const id = uuidV7(at);
  const status = statusOf(index);
  const sold = status === 'CONFIRMED';
  const client = index % OTHER_CLIENTS_SHARE === 2 ? 'another' : 'bench';
  const reference = index % SAME_REFERENCE_SHARE === 1 ? SAME_REFERENCE : null;
  const sku = skus[index % FIRST_PRODUCT_SHARE === 0 ? 0 : index % skus.length] ?? '';
  const [amount, currency] = sold ? [1_999, 'EUR'] : [null, null];
  const reason = status === 'REJECTED' ? 'OUT_OF_STOCK' : null;
  return {
    order: [id, client, id, status, reference, amount, currency, reason, at, at, sold ? 2 : 1, NEVER_ASK, 0],
    item: [id, 0, sku, 1, sold ? sku : null, sold ? 'A product' : null, amount, currency, sku, client, at],
  };
}

function statusOf(index: number): string {
  if (index % PENDING_SHARE === 20) return 'PENDING';
  return index % REJECTED_SHARE === 10 ? 'REJECTED' : 'CONFIRMED';
}
