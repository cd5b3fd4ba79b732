import {
  type CreateOrder,
  type MessageData,
  newId,
  type Pattern,
  type ReserveStock,
  type SoldLine,
  type StockReserved,
} from '@holdfast/contracts';

/** A request for an order: two mugs for the client `shop`, unless told otherwise. */
export const aCreateOrder = (given: Partial<CreateOrder> = {}): CreateOrder => ({
  clientId: 'shop',
  items: [{ productId: 'mug', quantity: 2 }],
  ...given,
});

export const aReserveStock = (given: Partial<ReserveStock> = {}): ReserveStock => {
  const orderId = given.orderId ?? newId();
  return { orderId, clientId: 'shop', idempotencyKey: orderId, items: [{ productId: 'mug', quantity: 2 }], ...given };
};

/** A line as it is sold, at 12.50 EUR. */
export const aSoldLine = (given: Partial<SoldLine> = {}): SoldLine => ({
  productId: newId(),
  sku: 'mug',
  name: 'Mug',
  quantity: 2,
  unitPrice: { amount: 1_250, currency: 'EUR' },
  ...given,
});

type Reserved = StockReserved & { reserved: true };
type Refused = StockReserved & { reserved: false };

/** The stock of an order is reserved; the total is that of the lines. */
export const aStockReserved = (given: Partial<Reserved> = {}): Reserved => {
  const orderId = given.orderId ?? newId();
  const items = given.items ?? [aSoldLine()];
  const amount = items.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amount, 0);
  return {
    orderId,
    clientId: 'shop',
    idempotencyKey: orderId,
    reserved: true,
    items,
    total: { amount, currency: 'EUR' },
    ...given,
  };
};

/** There was not enough of it. */
export const aStockRefused = (given: Partial<Refused> = {}): Refused => {
  const orderId = given.orderId ?? newId();
  return {
    orderId,
    clientId: 'shop',
    idempotencyKey: orderId,
    reserved: false,
    reason: 'OUT_OF_STOCK',
    detail: '2 of mug were asked for, 1 is there',
    ...given,
  };
};

/** A message as it is on the wire. */
export const aMessage = <P extends Pattern>(
  pattern: P,
  data: MessageData<P>,
): { pattern: P; data: MessageData<P> } => ({
  pattern,
  data,
});
