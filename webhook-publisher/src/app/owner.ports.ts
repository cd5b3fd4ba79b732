import { type AttemptView, type Caller, type DeliveryStatus, type WebhookEventType } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type SubscribedEvent } from '../domain/event.js';
import { type ReplayTerms } from '../domain/replay.js';
import { type Subscription } from '../domain/subscription.js';
import {
  type AttemptOutcome,
  type Clock,
  type DeliveryRecord,
  type LeasedDelivery,
  type StoredSubscription,
  type SubscriptionRepository,
} from './ports.js';

/** Whether callbacks may go to a URL; `problem` is a sentence for whoever wrote it. */
export type UrlPolicy = (url: string) => { allowed: true } | { allowed: false; problem: string };

export type Action =
  | 'create'
  | 'update'
  | 'delete'
  | 'enable'
  | 'disable'
  | 'rotate-secret'
  | 'replay'
  | 'retry'
  | 'test';

/** What somebody does with a subscription. */
export interface Act {
  /** That of the request: it is how a repeat is known. */
  id: string;
  caller: Caller;
  action: Action;
  subscriptionId: string;
}

/** What there is to say of an act: JSON values, no secret, URLs without their query. */
export type AuditDetail = Readonly<Record<string, unknown>>;

/** Who did what and when, written in the transaction that does it. */
export interface AuditTrail {
  /** What was noted of this very act; undefined where it is not done yet. */
  find(tx: Transaction, act: Act): Promise<AuditDetail | undefined>;
  enter(tx: Transaction, act: Act, detail: AuditDetail, now: number): Promise<void>;
}

/** An earlier request with the same idempotency key. */
export interface StoredAnswer {
  /** The same for two requests that ask for the same. */
  fingerprint: string;
  /** Id of its message; null where an earlier build has stored it. */
  requestId: string | null;
  /** Sealed: some show a secret. */
  answer: string;
}

/** Answers by the idempotency keys of their requests, in the caller's transaction. */
export interface StoredAnswers {
  find(tx: Transaction, clientId: string, key: string): Promise<StoredAnswer | undefined>;
  /** @returns false when the key has got an answer meanwhile. */
  store(tx: Transaction, clientId: string, key: string, stored: StoredAnswer, now: number): Promise<boolean>;
  replace(tx: Transaction, clientId: string, key: string, answer: string): Promise<void>;
}

/** What a subscription has not been sent, because it was disabled, held or failing. */
export interface HeldDeliveries {
  /**
   * Makes what has failed before due since it arrived, so that it goes out oldest first, and before what comes now: the
   * oldest in this transaction, what is more than one takes by {@link makeMoreDue}.
   */
  makeDue(tx: Transaction, subscriptionId: string, now: number): Promise<void>;
  /** The next oldest of a subscription that has more; undefined when none has that nobody else works on. */
  makeMoreDue(tx: Transaction, now: number): Promise<PieceDone | undefined>;
  /** Order is not kept any more: what waits for its turn has it. */
  endTurns(tx: Transaction, subscriptionId: string, now: number): Promise<void>;
}

/** What one transaction of a long work has done: how many deliveries of which subscription may go out by it. */
export interface PieceDone {
  subscriptionId: string;
  deliveries: number;
}

/** Deliveries of a subscription between two ids, both exclusive. */
export interface DeliveryRange {
  subscriptionId: string;
  afterId: string;
  untilId: string;
}

/** A replay that is not worked off yet. */
export interface Replay extends DeliveryRange, ReplayTerms {
  id: string;
}

export interface DeliveryTally {
  eventType: WebhookEventType;
  status: string;
  deliveries: number;
}

/** Counts deliveries as queries read them, without keeping the event loop for long. */
export interface DeliveryCounter {
  /** How many deliveries the range has, by type and status; the same two may come several times. */
  tally(range: DeliveryRange): Promise<DeliveryTally[]>;
}

/** Replays and the deliveries they are about, in the caller's transaction. */
export interface ReplayRepository {
  insert(tx: Transaction, replay: Replay): Promise<void>;
  /**
   * The id of the oldest that nobody else works on and that is not left out; on PostgreSQL it is locked until the
   * transaction ends.
   */
  next(tx: Transaction, leftOut: readonly string[]): Promise<string | undefined>;
  /** @throws Error when there is none of this id, or what is stored of it cannot be read. */
  get(tx: Transaction, id: string): Promise<Replay>;
  /** The first deliveries of its range, in the order of their ids. */
  deliveriesOf(
    tx: Transaction,
    range: DeliveryRange,
    limit: number,
  ): Promise<Pick<DeliveryRecord, 'id' | 'eventType' | 'status'>[]>;
  moveTo(tx: Transaction, id: string, afterId: string): Promise<void>;
  remove(tx: Transaction, id: string): Promise<void>;
}

/** Deliveries as the caller's transaction sees them. */
export interface DeliveryLookup {
  find(tx: Transaction, id: string): Promise<DeliveryRecord | undefined>;
  attemptsOf(tx: Transaction, id: string): Promise<AttemptView[]>;
}

export interface TestDeliveryRepository {
  /** Stores a test and its delivery, pending and leased, so that the dispatcher leaves it alone. */
  insert(
    tx: Transaction,
    event: SubscribedEvent,
    subscriptionId: string,
    terms: { lease: string; until: number; now: number },
  ): Promise<LeasedDelivery>;
}

/** Sends a delivery now, once, whatever the state of its subscription. */
export type SendOnce = (subscription: StoredSubscription, delivery: LeasedDelivery) => Promise<AttemptOutcome>;

/** Subscriptions as queries read them, never waiting behind a write. */
export interface SubscriptionReader {
  find(id: string): Promise<Subscription | undefined>;
  /** Newest first: a client's own, or with undefined everyone's, before the one of an id. */
  list(clientId: string | undefined, beforeId: string | undefined, limit: number): Promise<Subscription[]>;
}

export interface DeliveryFilter {
  subscriptionId: string;
  status?: DeliveryStatus | undefined;
  eventType?: WebhookEventType | undefined;
  /** Ids, exclusive. */
  afterId?: string | undefined;
  beforeId?: string | undefined;
}

/** Deliveries that a filter lets through, as far as one look goes. */
export interface FoundDeliveries {
  deliveries: DeliveryRecord[];
  /** The id that the look ended at, with more behind it that nobody has looked at; undefined where it saw everything. */
  seenTo: string | undefined;
}

/** Deliveries as queries read them, never waiting behind a write. */
export interface DeliveryReader {
  find(id: string): Promise<DeliveryRecord | undefined>;
  /** Newest first. However rare what is wanted is, one look goes through a limited number of deliveries. */
  list(filter: DeliveryFilter, limit: number): Promise<FoundDeliveries>;
  /** Attempts, oldest first. */
  attemptsOf(id: string): Promise<AttemptView[]>;
  /** What the event of a delivery says. */
  dataOf(eventId: string): Promise<Record<string, unknown>>;
}

/** What every act of an owner takes. */
export interface OwnerParts {
  subscriptions: SubscriptionRepository;
  held: HeldDeliveries;
  audit: AuditTrail;
  clock: Pick<Clock, 'now'>;
}
