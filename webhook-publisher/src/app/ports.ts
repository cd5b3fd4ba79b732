import { type AttemptError, type AttemptView, type DeliveryStatus, type WebhookEventType } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type SubscribedEvent } from '../domain/event.js';
import { type Subscription } from '../domain/subscription.js';

/** What came of one attempt. It never throws for anything that the network does. */
export type AttemptOutcome = {
  /** Unix milliseconds of its start. */
  at: number;
  durationMs: number;
} & (
  | { kind: 'answered'; status: number; retryAfter: string | undefined; answer: string }
  | { kind: 'failed'; error: AttemptError; detail: string }
);

/** Sends callbacks, each once. */
export interface CallbackSender {
  send(request: { url: string; headers: Record<string, string>; body: string }): Promise<AttemptOutcome>;
  /** Gives up what is on its way, with a failure as its outcome, and sends nothing more. */
  close(): Promise<void>;
}

/** Encrypts secrets for the database. `owner` is bound to the result: it opens for the same one only. */
export interface SecretBox {
  seal(secret: string, owner: string): string;
  /** @throws Error when it was sealed with a key that is not there, for somebody else, or was changed. */
  open(sealed: string, owner: string): string;
}

/** A subscription with what only the sender needs of it; secrets are sealed. */
export interface StoredSubscription extends Subscription {
  secret: string;
  previousSecret: string | null;
  previousSecretUntil: number | null;
}

export type SubscriptionChanges = Partial<
  Pick<
    StoredSubscription,
    | 'url'
    | 'description'
    | 'eventTypes'
    | 'ordering'
    | 'maxPerSecond'
    | 'enabled'
    | 'disabledReason'
    | 'secret'
    | 'previousSecret'
    | 'previousSecretUntil'
    | 'failingSince'
    | 'heldUntil'
  >
>;

/** Subscriptions, written in the caller's transaction. Every change renews the token of {@link SubscriptionDirectory}. */
export interface SubscriptionRepository {
  /** @returns false when one of this id is stored already. */
  insert(tx: Transaction, subscription: StoredSubscription): Promise<boolean>;
  /** Also a deleted one's id finds nothing. On PostgreSQL its row is locked until the transaction ends. */
  find(tx: Transaction, id: string): Promise<StoredSubscription | undefined>;
  /** On PostgreSQL other creations wait from then on until the transaction ends, so that the count stays true. */
  countOf(tx: Transaction, clientId: string): Promise<number>;
  /** Raises the version. */
  change(tx: Transaction, id: string, changes: SubscriptionChanges, now: number): Promise<void>;
  /** From then on it is not there; what is left of it is pruned later. */
  remove(tx: Transaction, id: string, now: number): Promise<void>;
}

/** Who gets what, as a process remembers it, checked in the caller's transaction. */
export interface SubscriptionDirectory {
  /** The subscriptions, disabled ones too, that get an event. */
  receiversOf(
    tx: Transaction,
    type: WebhookEventType,
    owner: string | null,
  ): Promise<readonly Pick<Subscription, 'id' | 'ordering'>[]>;
}

/** A delivery that this process may send until its lease ends. */
export interface LeasedDelivery {
  id: string;
  eventId: string;
  type: WebhookEventType;
  subject: string;
  /** JSON. */
  data: string;
  occurredAt: number;
  sequence: number;
  previousEventId: string | null;
  /** Failed attempts of this round. */
  tries: number;
  createdAt: number;
  /** When it may go out, where the subscription has a rate; by the clock that its lease was asked for with. */
  notBefore: number;
}

/** What is leased for one subscription at a time, with what is needed to send it. */
export interface LeaseGrant {
  subscription: StoredSubscription;
  deliveries: LeasedDelivery[];
  /** When the next one is due that is not leased here; undefined where nothing is left. Unix milliseconds. */
  nextDueAt: number | undefined;
}

/** What becomes of a delivery after an attempt. */
export type DeliveryFate =
  | { status: 'delivered' | 'dead' | 'failed' }
  | { status: 'pending' /** Unix milliseconds of the next attempt. */; dueAt: number };

export interface RecordedAttempt {
  deliveryId: string;
  subscriptionId: string;
  subject: string;
  lease: string;
  outcome: AttemptOutcome;
  fate: DeliveryFate;
}

export interface DeliveryRepository {
  /** Stores the event once and one delivery for each receiver: due at once, or waiting for its turn. */
  prepare(
    tx: Transaction,
    event: SubscribedEvent,
    receivers: readonly Pick<Subscription, 'id' | 'ordering'>[],
    now: number,
  ): Promise<void>;
  /**
   * Leases deliveries that are due, oldest first. Undefined where the subscription takes none now: disabled, held, deleted
   * or without a slot in its rate.
   */
  lease(
    tx: Transaction,
    subscriptionId: string,
    terms: { now: number; until: number; limit: number; lease: string },
  ): Promise<LeaseGrant | undefined>;
  /** Gives leases back, unused: the deliveries are due at once. */
  release(tx: Transaction, deliveryIds: readonly string[], lease: string, now: number): Promise<void>;
  /**
   * Stores an attempt and what becomes of its delivery, and gives the next one of its subject its turn. A success counts
   * whoever holds the lease by now; a failure only for who holds it.
   *
   * @returns whether another delivery has its turn now.
   */
  record(tx: Transaction, attempt: RecordedAttempt, now: number): Promise<boolean>;
  /**
   * Makes finished deliveries go out again, in the order of their sequence.
   *
   * @returns how many: another transaction may have pruned some of them since they were found.
   */
  requeue(tx: Transaction, deliveryIds: readonly string[], now: number): Promise<number>;
}

/** What attempts tell of an endpoint. Notes raise no version and leave the directory's token as it is. */
export interface EndpointNotes {
  failing(tx: Transaction, subscriptionId: string, since: number): Promise<void>;
  answering(tx: Transaction, subscriptionId: string, at: number): Promise<void>;
  /**
   * Does nothing where the owner has changed the subscription since: it was perhaps another endpoint that asked.
   *
   * @param at when it was asked for: a hold is a time from then on, whatever the clock said.
   */
  holdUntil(
    tx: Transaction,
    subscription: Pick<Subscription, 'id' | 'version'>,
    until: number,
    at: number,
  ): Promise<void>;
}

/** A subscription that has something to send, and since or from when. Unix milliseconds. */
export interface DueSubscription {
  id: string;
  dueAt: number;
}

/** What is due, whoever prepared it. */
export interface DueSubscriptions {
  /** Another one whenever a subscription was changed, by whichever process. */
  token(): Promise<string>;
  /** Versions by id, of all that are not deleted. */
  versions(): Promise<ReadonlyMap<string, number>>;
  /** Those that take callbacks and have one that is due at a time or before. */
  find(until: number): Promise<DueSubscription[]>;
}

/** A delivery with its event, as queries read it. */
export interface DeliveryRecord {
  id: string;
  subscriptionId: string;
  eventId: string;
  eventType: WebhookEventType;
  subject: string;
  sequence: number;
  previousEventId: string | null;
  status: DeliveryStatus | 'waiting';
  attempts: number;
  dueAt: number;
  createdAt: number;
  finishedAt: number | null;
}

/** Attempts of a delivery, oldest first. */
export type AttemptRecord = AttemptView;

/** Time, so that a test can pass it. */
export interface Clock {
  /** The time of day, Unix milliseconds: for what is stored or told. It may be wrong, and may be set while we look at it. */
  now(): number;
  /** Milliseconds that have passed since some moment, whatever is done to the time of day: for what is waited for. */
  elapsed(): number;
  /** Calls back once after so many milliseconds; returns what takes it back. */
  after(ms: number, callback: () => void): () => void;
}

/** Told that a subscription may have something to send, so that nobody has to wait for the next look. */
export abstract class DeliveryWaker {
  abstract wake(subscriptionIds: readonly string[]): void;
  /** Likewise, and what was learnt of its endpoint counts no more: its owner has mended or changed it. */
  abstract renew(subscriptionId: string): void;
  /** What this process remembers of the subscription is not true any more. */
  abstract refresh(subscriptionId: string): void;
}

/** What the attempts are counted with. */
export interface DeliveryMetrics {
  /** @param ageMs from the event to the end of the attempt. */
  attempted(outcome: AttemptOutcome, fate: DeliveryFate, ageMs: number): void;
}

/** What the history is pruned with; each call takes away a limited number of rows and says how many. */
export interface RetentionStore {
  /** Deliveries that were finished before a time, in the order of their ids, from behind `after`. `last` is undefined at the end. */
  pruneDeliveries(
    tx: Transaction,
    range: { before: number; after: string; limit: number },
  ): Promise<{ pruned: number; last: string | undefined }>;
  /** Everything of a subscription that was deleted before a time, and in the end the subscription. */
  pruneDeletedSubscription(tx: Transaction, before: number, limit: number): Promise<number>;
  pruneIdempotencyKeys(tx: Transaction, before: number, limit: number): Promise<number>;
}
