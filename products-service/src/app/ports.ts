import { type Reply, type StockAdjustmentView } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type AdjustedProduct } from '../domain/adjustment.js';
import { type Demand, type HeldLine, type Offer } from '../domain/demand.js';
import { type Product, type ProductKey } from '../domain/product.js';
import { type StockCounters } from '../domain/stock-difference.js';

/** The catalogue, written in the caller's transaction. */
export interface ProductRepository {
  /**
   * Stores the product and enters its stock in the ledger.
   *
   * @param requestId id of the message that asks for it.
   * @returns false when the sku is taken; nothing is stored then.
   */
  insert(tx: Transaction, product: Product, requestId: string): Promise<boolean>;
  findBySku(tx: Transaction, sku: string): Promise<CreatedProduct | undefined>;
}

export interface CreatedProduct {
  product: Product;
  /** Id of the message that asked for it. */
  requestId: string;
}

/** Counters and their ledger, always changed together, in the caller's transaction. */
export interface StockRepository {
  findOffer(tx: Transaction, key: ProductKey): Promise<Offer | undefined>;
  /**
   * Moves units from available to reserved, for an order.
   *
   * @returns what is left, or undefined when fewer are available; nothing has changed then.
   */
  reserve(tx: Transaction, orderId: string, demand: Demand): Promise<StockLeft | undefined>;
  /**
   * Moves units of an order back from reserved to available.
   *
   * @returns the product's sku, or undefined when fewer are reserved; nothing has changed then.
   */
  release(tx: Transaction, orderId: string, line: HeldLine): Promise<string | undefined>;
  /**
   * Brings units in or writes them off.
   *
   * @param delta units more, or, negative, less.
   * @returns undefined when there is no such product, fewer are available, or there would be too many; nothing has changed
   * then.
   */
  adjust(tx: Transaction, key: ProductKey, delta: number): Promise<AdjustedStock | undefined>;
}

/** What is left for sale after a change, and at how much the product is low. */
export interface StockLeft {
  available: number;
  lowStockThreshold: number | null;
}

export interface AdjustedStock {
  product: AdjustedProduct;
  /** Position in the ledger of the movement that did it. */
  movement: number;
}

/** An answered request for an adjustment, for whoever asks again. */
export interface AnsweredAdjustment {
  /** Id of the message that asked for it. */
  requestId: string;
  fingerprint: string;
  answer: Reply<StockAdjustmentView>;
}

export interface NewAnsweredAdjustment extends AnsweredAdjustment {
  clientId: string;
  /** The key under which others may ask for the answer, if they may. */
  idempotencyKey: string | null;
  reason: string;
  /** Position of its movement in the ledger; null where it was refused. */
  movement: number | null;
}

/** Answers to requests for adjustments, written in the caller's transaction. */
export interface AdjustmentRepository {
  findByRequest(tx: Transaction, requestId: string): Promise<AnsweredAdjustment | undefined>;
  findByKey(tx: Transaction, clientId: string, key: string): Promise<AnsweredAdjustment | undefined>;
  insert(tx: Transaction, adjustment: NewAnsweredAdjustment): Promise<void>;
}

/** The outcome of an order's reservation, kept for whoever asks again. */
export interface Reservation {
  orderId: string;
  status: 'RESERVED' | 'REFUSED' | 'RELEASED';
  /** What the order holds, and would give back; empty unless it is reserved. */
  demands: readonly Demand[];
}

/** Reservations, written in the caller's transaction. */
export interface ReservationRepository {
  /** Whether the order has asked before, with whatever outcome. */
  exists(tx: Transaction, orderId: string): Promise<boolean>;
  insert(tx: Transaction, reservation: Reservation): Promise<void>;
  /**
   * Ends a reservation, whatever its outcome was; from then on the order holds nothing.
   *
   * @returns what it held, one line per product in order of id; undefined when it was ended before or there is none.
   */
  release(tx: Transaction, orderId: string): Promise<HeldLine[] | undefined>;
}

/** Products as queries read them, never waiting behind a write. */
export interface ProductReader {
  find(key: ProductKey): Promise<Product | undefined>;
  /** In order of sku, from the first one after `sku`, or from the start. */
  listAfter(sku: string | undefined, limit: number): Promise<Product[]>;
}

/** One product's counters, and what its ledger has moved. */
export interface LedgerRow {
  id: string;
  sku: string;
  counted: StockCounters;
  moved: StockCounters;
}

export interface LedgerReading {
  /** Every product there is. */
  products: LedgerRow[];
  /** How many movements were read, and the position of the last one in the ledger. */
  movements: number;
  position: number;
}

export interface StockLedgerReader {
  /** All counters, and the sums of the movements after `position`, as of one moment. */
  readAfter(position: number): Promise<LedgerReading>;
}
