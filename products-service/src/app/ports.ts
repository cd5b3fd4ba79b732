import {
  type MovementKind,
  type ProductChanges,
  type ProductView,
  type Reply,
  type StockAdjustmentView,
} from '@holdfast/contracts';
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
   * @returns false when the sku is taken; nothing is stored then.
   */
  insert(tx: Transaction, product: Product, creation: Creation): Promise<boolean>;
  findBySku(tx: Transaction, sku: string): Promise<CreatedProduct | undefined>;
  /** The product as this transaction may change it. */
  findForChange(tx: Transaction, key: ProductKey): Promise<Product | undefined>;
  /** Stores name, price, threshold and versions of a product that {@link findForChange} gave. */
  change(tx: Transaction, product: Product): Promise<void>;
}

/** How a product came into the catalogue. */
export interface Creation {
  /** Id of the message that asked for it. */
  requestId: string;
  /** Of the description that it was made from; null where that was not noted yet, which equals none. */
  fingerprint: string | null;
}

export interface CreatedProduct extends Creation {
  product: Product;
}

/** The answer to a request for a new product, for whoever asks again with the same key. */
export interface AnsweredCreation {
  /** Id of the message that asked for it. */
  requestId: string;
  fingerprint: string;
  answer: ProductView;
}

/** Answers by idempotency key, written in the caller's transaction. */
export interface CreationAnswers {
  find(tx: Transaction, clientId: string, key: string): Promise<AnsweredCreation | undefined>;
  /** @throws LostRaceError when another transaction has stored an answer to the key since {@link find} found none. */
  insert(tx: Transaction, clientId: string, key: string, creation: AnsweredCreation): Promise<void>;
}

/** An answered request for a change of the catalogue: for the message that is delivered again, and for the record. */
export interface AnsweredChange {
  /** Id of the message that asked for it. */
  requestId: string;
  clientId: string;
  /** null where there is no such product. */
  productId: string | null;
  changes: ProductChanges;
  answer: Reply<ProductView>;
}

/** What was asked to be changed in the catalogue, by whom, written in the caller's transaction. */
export interface ChangeRecord {
  findAnswer(tx: Transaction, requestId: string): Promise<Reply<ProductView> | undefined>;
  /** @throws LostRaceError when another transaction has stored the answer since {@link findAnswer} found none. */
  insert(tx: Transaction, change: AnsweredChange): Promise<void>;
}

/** Counters and their ledger, always changed together, in the caller's transaction. */
export interface StockRepository {
  findOffer(tx: Transaction, key: ProductKey): Promise<Offer | undefined>;
  findCounters(
    tx: Transaction,
    key: ProductKey,
  ): Promise<Pick<AdjustedProduct, 'sku' | 'available' | 'reserved'> | undefined>;
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
  /** @throws LostRaceError when another transaction has stored an answer to the request or its key meanwhile. */
  insert(tx: Transaction, adjustment: NewAnsweredAdjustment): Promise<void>;
}

/**
 * What else a client has used an idempotency key for, in the caller's transaction: the kinds of requests that the service
 * takes with a key share one space of keys, and each stores its answers apart.
 */
export interface OtherKeyUses {
  /** Whether the key belongs to a request of another kind. */
  has(tx: Transaction, clientId: string, key: string): Promise<boolean>;
  /**
   * Keeps others from the key; to be called last, when the answer is stored under it.
   *
   * @throws LostRaceError when another transaction has used it for a request of another kind since {@link has} said no.
   */
  exclude(tx: Transaction, clientId: string, key: string): Promise<void>;
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
  /** Whether it was ended before. */
  isReleased(tx: Transaction, orderId: string): Promise<boolean>;
  /** @throws LostRaceError when another transaction has stored one of the order since this one found none. */
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

/** One movement in the ledger of a product. */
export interface LedgerMovement {
  position: number;
  kind: MovementKind;
  delta: StockCounters;
  orderId: string | null;
  /** Of an adjustment; null for others. */
  reason: string | null;
  adjustedBy: string | null;
  /** Unix milliseconds. */
  at: number;
}

export interface MovementReader {
  /** Newest first, from the last one before `position`, or from the newest. */
  listBefore(productId: string, position: number | undefined, limit: number): Promise<LedgerMovement[]>;
}

/** One product's counters, and what its ledger has moved. */
export interface LedgerRow {
  id: string;
  sku: string;
  counted: StockCounters;
  /** By the movements that were read. */
  moved: StockCounters;
  /** By those of them that need not be read again. */
  settled: StockCounters;
}

export interface LedgerReading {
  /** Every product there is. */
  products: LedgerRow[];
  /** How many movements were read. */
  movements: number;
  /** How many of them need not be read again, because up to this position in the ledger no other one can come any more. */
  settledMovements: number;
  settled: number;
}

export interface StockLedgerReader {
  /** All counters, and the sums of the movements after `position`, as of one moment. */
  readAfter(position: number): Promise<LedgerReading>;
}
