import { type StreamEvent } from '@holdfast/messaging';

/** What has happened to orders, as queries read it, never waiting behind a write. */
export interface OrderHistory {
  /** Events and commands of an order, oldest first; empty where there is no such order. */
  of(orderId: string): Promise<StreamEvent[]>;
}
