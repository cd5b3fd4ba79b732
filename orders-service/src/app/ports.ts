import { type Money, type OrderLine, type OrderView, type RejectionReason, type SoldLine } from '@holdfast/contracts';
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

export interface RejectedOrder extends DecidedOrder {
  lines: readonly OrderLine[];
}

export interface OverdueOrder {
  id: string;
  /** How often its stock has been asked for again. */
  asks: number;
}

/** Orders that wait for products-service: to be decided, or for the news that a cancelled one's stock is given back. */
export type Waiting = 'pending' | 'unreleased';

/** Orders, written in the caller's transaction. */
export interface OrderRepository {
  /** @returns false when an order of this id is stored already. */
  insert(tx: Transaction, order: Order, askAgainAt: number): Promise<boolean>;
  find(tx: Transaction, orderId: string): Promise<Order | undefined>;
  /** The same, and nobody else changes the order until the transaction has ended. */
  lock(tx: Transaction, orderId: string): Promise<Order | undefined>;
  findAnswer(tx: Transaction, clientId: string, key: string): Promise<StoredAnswer | undefined>;
  /** @returns false when the client's key has an answer already, maybe since a moment ago; it stays. */
  storeAnswer(tx: Transaction, clientId: string, key: string, answer: StoredAnswer): Promise<boolean>;
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
  ): Promise<RejectedOrder | undefined>;
  /**
   * Stores that an order is cancelled, and when its stock is to be asked for again unless it is given back by then.
   *
   * @param order as it is afterwards; it is locked.
   */
  cancel(tx: Transaction, order: Order, askAgainAt: number): Promise<void>;
  /**
   * Stores that a cancelled order holds no stock any more.
   *
   * @returns false when that was known, or when the order is not cancelled.
   */
  noteReleased(tx: Transaction, orderId: string, at: number): Promise<boolean>;
  /**
   * Orders that are PENDING and whose time to ask again has come, oldest first. They are locked, and those that another
   * transaction has locked are left out: another instance asks for them, or they are just being decided.
   */
  overdue(tx: Transaction, now: number, limit: number): Promise<OverdueOrder[]>;
  /** The same of cancelled orders whose stock is not known to be given back. */
  unreleased(tx: Transaction, now: number, limit: number): Promise<OverdueOrder[]>;
  postpone(tx: Transaction, orderId: string, askAgainAt: number): Promise<void>;
  /**
   * Orders that are to be asked for later than a time, the latest first, locked as with {@link overdue}. None where the
   * database has a clock of its own and `now` is more than a minute off it: what is late by a wrong clock is not late.
   */
  askedLast(
    tx: Transaction,
    waiting: Waiting,
    times: { now: number; after: number },
    limit: number,
  ): Promise<(OverdueOrder & { askAgainAt: number })[]>;
  /** Sets when an order is to be asked for again, which is no ask. */
  moveAsk(tx: Transaction, orderId: string, askAgainAt: number): Promise<void>;
}

/** Orders as queries read them, never waiting behind a write. */
export interface OrderReader {
  find(orderId: string): Promise<Order | undefined>;
}
