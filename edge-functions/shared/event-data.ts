import {
  countFrom,
  listOf,
  nullable,
  optional,
  record,
  type TypeOf,
  text,
  textLike,
  wholeNumber,
  yesOrNo,
} from './shape.ts';

const id = textLike(/^[\x21-\x7e]{1,100}$/, 'an id');
const money = record({ amount: countFrom(0), currency: textLike(/^[A-Z]{3}$/, 'an ISO 4217 code') });
const orderLine = record({ productId: id, quantity: countFrom(1) });
// Its name is known once its stock was reserved.
const orderedLine = record({ productId: id, quantity: countFrom(1), name: nullable(text) });
const soldLine = record({ productId: id, quantity: countFrom(1), name: text });

const order = { orderId: id, clientId: id, reference: nullable(text), status: text };
const reservation = { orderId: id, clientId: id };
const product = { productId: id, sku: text, name: text };

/**
 * `data` of every event, as far as a function reads it. Words that tell of states and reasons are plain texts here, so that
 * a new one is no fault.
 */
export const eventData = {
  'order.created': record({ ...order, items: listOf(orderLine) }),
  'order.confirmed': record({ ...order, items: listOf(soldLine), total: money }),
  'order.rejected': record({ ...order, items: listOf(orderLine), reason: text, detail: text }),
  'order.cancelled': record({ ...order, items: listOf(orderedLine), total: nullable(money) }),
  'product.stockReserved': record({ ...reservation, reserved: yesOrNo, total: optional(money) }),
  'product.stockReleased': record(reservation),
  'product.stockAdjusted': record({
    ...product,
    delta: wholeNumber,
    reason: text,
    adjustedBy: text,
    stock: record({ onHand: countFrom(0), reserved: countFrom(0), available: countFrom(0) }),
  }),
  'product.stockLow': record({ ...product, available: countFrom(0), threshold: countFrom(0) }),
  'webhook.disabled': record({ webhookId: id, clientId: id, host: text, reason: text, detail: text }),
  'webhook.test': record({ webhookId: id, clientId: id, message: text }),
};

export type EventType = keyof typeof eventData;
export type EventData<T extends EventType> = TypeOf<(typeof eventData)[T]>;

export type Money = TypeOf<typeof money>;
export type OrderLine = TypeOf<typeof orderLine>;
export type SoldLine = TypeOf<typeof soldLine>;
export type OrderedLine = TypeOf<typeof orderedLine>;

export const isEventType = (type: string): type is EventType => Object.hasOwn(eventData, type);
