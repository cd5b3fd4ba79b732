import { type StreamEvent } from '@holdfast/messaging';

/** What has happened to reservations, as queries read it, never waiting behind a write. */
export interface ReservationHistory {
  /** Events about an order's reservation, oldest first; empty where it has asked for nothing yet. */
  of(orderId: string): Promise<StreamEvent[]>;

  /** Each `product.stockLow` of these products that the order's reservation caused, oldest first. */
  lowStockOf(orderId: string, productIds: readonly string[]): Promise<StreamEvent[]>;
}
