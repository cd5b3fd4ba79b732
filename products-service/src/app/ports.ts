import { type Transaction } from '@holdfast/platform';
import { type Demand, type Offer } from '../domain/demand.js';
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
   * @returns false when fewer are available; nothing has changed then.
   */
  reserve(tx: Transaction, orderId: string, demand: Demand): Promise<boolean>;
}

/** The outcome of an order's reservation, kept for whoever asks again. */
export interface Reservation {
  orderId: string;
  status: 'RESERVED' | 'REFUSED';
  /** What the order holds, and would give back; empty when refused. */
  demands: readonly Demand[];
}

/** Reservations, written in the caller's transaction. */
export interface ReservationRepository {
  /** Whether the order has asked before, with whatever outcome. */
  exists(tx: Transaction, orderId: string): Promise<boolean>;
  insert(tx: Transaction, reservation: Reservation): Promise<void>;
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
