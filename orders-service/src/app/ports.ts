import { type Money, type OrderView, type RejectionReason, type SoldLine } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type Order } from '../domain/order.js';

/** An earlier request with the same idempotency key. */
export interface StoredAnswer {
  fingerprint: string;
  orderId: string;
  answer: OrderView;
}

/** What a decided order was, for the event that says so. */
export interface DecidedOrder {
  clientId: string;
  idempotencyKey: string;
  reference: string | null;
}

export interface OverdueOrder {
  id: string;
  /** How often its stock has been asked for again. */
  asks: number;
}

/** Orders, written in the caller's transaction. */
export interface OrderRepository {
  /** @returns false when an order of this id is stored already. */
  insert(tx: Transaction, order: Order, askAgainAt: number): Promise<boolean>;
  find(tx: Transaction, orderId: string): Promise<Order | undefined>;
  findAnswer(tx: Transaction, clientId: string, key: string): Promise<StoredAnswer | undefined>;
  storeAnswer(tx: Transaction, clientId: string, key: string, answer: StoredAnswer): Promise<void>;
  /** PENDING -> CONFIRMED with the lines as sold; undefined when the order is not PENDING. */
  confirm(
    tx: Transaction,
    orderId: string,
    lines: readonly SoldLine[],
    total: Money,
  ): Promise<DecidedOrder | undefined>;
  /** PENDING -> REJECTED; undefined when the order is not PENDING. */
  reject(
    tx: Transaction,
    orderId: string,
    rejection: { reason: RejectionReason; detail: string },
  ): Promise<DecidedOrder | undefined>;
  /**
   * Stores that an order is cancelled, and when its stock is to be asked for again unless it is given back by then.
   *
   * @param order as it is afterwards.
   * @returns false when it is no longer the version before, or in a state that cannot be cancelled; nothing has changed then.
   */
  cancel(tx: Transaction, order: Order, askAgainAt: number): Promise<boolean>;
  /**
   * Stores that a cancelled order holds no stock any more.
   *
   * @returns false when that was known, or when the order is not cancelled.
   */
  noteReleased(tx: Transaction, orderId: string, at: number): Promise<boolean>;
  /** Orders that are PENDING and whose time to ask again has come, oldest first. */
  overdue(tx: Transaction, now: number, limit: number): Promise<OverdueOrder[]>;
  /** Cancelled orders whose stock is not known to be given back, and whose time to ask again has come, oldest first. */
  unreleased(tx: Transaction, now: number, limit: number): Promise<OverdueOrder[]>;
  postpone(tx: Transaction, orderId: string, askAgainAt: number): Promise<void>;
}

/** Orders as queries read them, never waiting behind a write. */
export interface OrderReader {
  find(orderId: string): Promise<Order | undefined>;
}
