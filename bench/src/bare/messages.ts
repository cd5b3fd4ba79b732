/** POST /orders and orders.create. */
export interface NewOrder {
  productId: string;
  quantity: number;
}

/** The answer to both. */
export interface PlacedOrder extends NewOrder {
  id: string;
  status: 'PENDING';
}

/** product.reserveStock. */
export interface ReserveStock extends NewOrder {
  orderId: string;
}

/** product.stockReserved. */
export interface StockReserved {
  orderId: string;
  reserved: boolean;
}

export const encode = (message: object): Buffer => Buffer.from(JSON.stringify(message));

/** The processes trust each other: nothing is validated here, which is part of what makes the pipeline bare. */
export const decode = <T>(content: Buffer): T => JSON.parse(content.toString()) as T;
