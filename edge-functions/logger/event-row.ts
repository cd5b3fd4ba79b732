import { type Callback, isOfType } from '../shared/callback.ts';

/** A row of the table `webhook_events`. Fields that an event does not have are null; `amount` is in minor units. */
export interface EventRow {
  id: string;
  type: string;
  subject: string;
  sequence: number;
  previous_event_id: string | null;
  order_id: string | null;
  client_id: string | null;
  product_id: string | null;
  status: string | null;
  amount: number | null;
  currency: string | null;
  occurred_at: string;
  received_at: string;
  /** The whole callback. */
  payload: Callback;
}

/** @param receivedAt when the callback came, ISO 8601. */
export function eventRowOf(callback: Callback, receivedAt: string): EventRow {
  const { data } = callback;
  return {
    id: callback.id,
    type: callback.type,
    subject: callback.subject,
    sequence: callback.sequence,
    previous_event_id: callback.previousEventId,
    order_id: textOf(data.orderId),
    client_id: textOf(data.clientId),
    product_id: textOf(data.productId),
    status: statusOf(callback),
    ...moneyOf(data.total),
    occurred_at: callback.timestamp,
    received_at: receivedAt,
    payload: callback,
  };
}

function statusOf(callback: Callback): string | null {
  if (isOfType(callback, 'product.stockReserved')) return callback.data.reserved ? 'RESERVED' : 'REFUSED';
  return textOf(callback.data.status);
}

function moneyOf(total: unknown): Pick<EventRow, 'amount' | 'currency'> {
  if (typeof total !== 'object' || total === null) return { amount: null, currency: null };
  const { amount, currency } = total as Record<string, unknown>;
  return { amount: Number.isSafeInteger(amount) ? Number(amount) : null, currency: textOf(currency) };
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
