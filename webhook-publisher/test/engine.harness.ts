import { type EventTypeFilter, newId, type Ordering } from '@holdfast/contracts';
import { createLogger, type Database, type Dialect } from '@holdfast/platform';
import { TestDatabase } from '@holdfast/testing';
import { type ClockVerdict } from '../src/app/delivery/mend-schedule.js';
import { type AttemptOutcome, type CallbackSender, type StoredSubscription } from '../src/app/ports.js';
import { webhooksSchema } from '../src/app.module.js';
import { type DeliveryEngine, type DeliveryTerms, deliveryEngine } from '../src/delivery-engine.js';
import { newSecret } from '../src/domain/signature.js';
import { ClockWatch, heedClock } from '../src/inbound/clock-watch.js';
import { SqlSubscriptionRepository } from '../src/outbound/sql-subscription.repository.js';
import { type FakeClock, FakeMachine } from './fake-clock.js';

/** Turns of the event loop without work in the database after which nothing is in motion any more. */
const QUIET_TURNS = 10;

/** One callback as the network saw it. */
export interface SentCallback {
  /** Since the clock's first moment. */
  atMs: number;
  url: string;
  headers: Record<string, string>;
  id: string;
  type: string;
  subject: string;
  sequence: number;
  previousEventId: string | null;
}

export const answered = (status: number, retryAfter?: string): Answer => ({
  kind: 'answered',
  status,
  retryAfter,
  answer: '',
});
export const hung: Answer = { kind: 'failed', error: 'DEADLINE_EXCEEDED', detail: 'no answer within 15 s' };

type Answer = AttemptOutcome extends infer O
  ? O extends AttemptOutcome
    ? Omit<O, 'at' | 'durationMs'>
    : never
  : never;

/** The remote end of every callback: answers as the test says, at once, or when it is released. */
export class ScriptedNetwork implements CallbackSender {
  readonly sent: SentCallback[] = [];
  answer: (callback: SentCallback) => Answer | Promise<Answer> = () => answered(200);
  private readonly begun: number;
  private readonly hanging: ((answer: Answer) => void)[] = [];

  constructor(private readonly clock: FakeClock) {
    this.begun = clock.now();
  }

  async close(): Promise<void> {
    for (const giveUp of this.hanging) giveUp({ kind: 'failed', error: 'CONNECTION_RESET', detail: 'given up' });
  }

  async send({ url, headers, body }: Parameters<CallbackSender['send']>[0]): Promise<AttemptOutcome> {
    const at = this.clock.now();
    const { data: _, timestamp: __, ...content } = JSON.parse(body);
    const callback: SentCallback = { atMs: at - this.begun, url, headers, ...content };
    this.sent.push(callback);
    const answer = await Promise.race([
      this.answer(callback),
      new Promise<Answer>((resolve) => this.hanging.push(resolve)),
    ]);
    return { at, durationMs: this.clock.now() - at, ...answer } as AttemptOutcome;
  }
}

/** Where deliveries are stored, with what a test puts in and takes out of it. */
export class DeliveryStore {
  private readonly subscriptions = new SqlSubscriptionRepository();

  private busy = 0;

  private constructor(
    private readonly testDatabase: TestDatabase,
    readonly database: Database,
  ) {}

  static async open(dialect: Dialect): Promise<DeliveryStore> {
    const testDatabase = await TestDatabase.create(dialect);
    return new DeliveryStore(testDatabase, await testDatabase.open(webhooksSchema));
  }

  /** The database as the engine has it: what it is asked is counted for as long as it is not answered. */
  get counted(): Pick<Database, 'dialect' | 'queries' | 'unitOfWork'> {
    const { dialect, queries, unitOfWork } = this.database;
    const count = async <T>(work: Promise<T>): Promise<T> => {
      this.busy += 1;
      try {
        return await work;
      } finally {
        this.busy -= 1;
      }
    };
    return {
      dialect,
      queries: { all: (sql, params) => count(queries.all(sql, params)) },
      unitOfWork: {
        run: (work) => count(unitOfWork.run(work)),
        onCommit: (listener) => unitOfWork.onCommit(listener),
      },
    };
  }

  /** Resolves when nothing is in motion any more. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < QUIET_TURNS; turn += 1) {
      await new Promise(setImmediate);
      if (this.busy > 0) turn = -1;
    }
  }

  async subscribe(subscription: Partial<StoredSubscription> = {}): Promise<StoredSubscription> {
    const stored = aSubscription(subscription);
    await this.database.unitOfWork.run((tx) => this.subscriptions.insert(tx, stored));
    return stored;
  }

  async change(id: string, changes: Parameters<SqlSubscriptionRepository['change']>[2], now: number): Promise<void> {
    await this.database.unitOfWork.run((tx) => this.subscriptions.change(tx, id, changes, now));
  }

  async find(id: string): Promise<StoredSubscription> {
    const found = await this.database.unitOfWork.run((tx) => this.subscriptions.find(tx, id));
    if (!found) throw new Error(`no subscription ${id}`);
    return found;
  }

  async subscriptionIds(): Promise<string[]> {
    return (await this.database.queries.all<{ id: string }>('SELECT id FROM subscriptions')).map(({ id }) => id);
  }

  /** Deliveries in the order of their sequence, or of their making. */
  deliveries(subject?: string): Promise<StoredDelivery[]> {
    const where = subject === undefined ? '' : 'WHERE subject = ?';
    return this.database.queries.all(
      `SELECT id, subject, sequence, status, attempts, tries, due_at AS "dueAt" FROM deliveries ${where}
       ORDER BY subscription_id, subject, sequence`,
      subject === undefined ? [] : [subject],
    );
  }

  /** Deliveries that some process has in its hands. */
  async leased(): Promise<number> {
    const [row] = await this.database.queries.all<{ leased: number }>(
      'SELECT count(*) AS leased FROM deliveries WHERE lease IS NOT NULL',
    );
    return Number(row?.leased);
  }

  async countOf(table: string): Promise<number> {
    const [row] = await this.database.queries.all<{ count: number }>(`SELECT count(*) AS count FROM ${table}`);
    return Number(row?.count);
  }

  close(): Promise<void> {
    return this.testDatabase.close();
  }
}

export interface StoredDelivery {
  id: string;
  subject: string;
  sequence: number;
  status: string;
  attempts: number;
  tries: number;
  dueAt: number;
}

/** The delivery engine on a clock and a network of the test's. */
export class EngineRun {
  readonly engine: DeliveryEngine;
  /** What its clock watch has found so far. */
  readonly verdicts: ClockVerdict[] = [];
  private readonly clockWatch: ClockWatch;
  private readonly started: Promise<void>;

  constructor(
    readonly store: DeliveryStore,
    readonly clock: FakeClock,
    readonly network: ScriptedNetwork,
    terms: Partial<DeliveryTerms> = {},
    /** Whose clock it goes by. */
    machine = new FakeMachine(clock),
    serverTime: () => number = () => clock.now(),
  ) {
    const logger = createLogger('webhooks', 'silent');
    this.engine = deliveryEngine(
      {
        retryDelaysMs: [1_000, 2_000, 4_000],
        concurrency: 64,
        endpointConcurrency: 8,
        deadlineMs: 15_000,
        disableAfterMs: 5 * 86_400_000,
        ...terms,
      },
      {
        database: store.counted,
        databaseClock: { now: async () => (store.database.dialect === 'postgres' ? serverTime() : undefined) },
        sender: network,
        secrets: { seal: (secret) => secret, open: (sealed) => sealed },
        metrics: { attempted: () => undefined },
        clock: machine,
        logger,
        random: () => 0.5,
      },
    );
    const { dispatcher, mendSchedule } = this.engine;
    const found = (verdict: ClockVerdict) => {
      this.verdicts.push(verdict);
      heedClock(dispatcher, verdict);
    };
    this.clockWatch = new ClockWatch({ mendSchedule, clock: machine, found, logger });
    this.started = this.clockWatch.start().then(() => dispatcher.start());
  }

  /** An event arrives, as the consumer stores it. */
  async arrives(orderId: string, clientId = 'shop', eventId = newId()): Promise<string> {
    const data = { orderId, clientId, idempotencyKey: orderId, reference: null, status: 'PENDING' as const };
    const items = [{ productId: 'MUG', quantity: 1 }];
    await this.started;
    const occurredAt = this.clock.now();
    const origin = { messageId: eventId, correlationId: orderId, traceparent: undefined, occurredAt };
    const created = { ...data, items, createdAt: new Date(occurredAt).toISOString() };
    const receivers = await this.store.database.unitOfWork.run((tx) =>
      this.engine.prepareDeliveries.execute(tx, 'order.created', created, origin),
    );
    this.engine.dispatcher.wake(receivers);
    return eventId;
  }

  pass(ms: number): Promise<void> {
    return this.clock.pass(ms, () => this.store.quiet());
  }

  async stop(): Promise<void> {
    await this.started;
    await this.clockWatch.stop();
    await this.engine.dispatcher.stop();
  }
}

export function aSubscription(subscription: Partial<StoredSubscription> = {}): StoredSubscription {
  const id = newId();
  return {
    id,
    clientId: 'shop',
    role: 'client',
    url: `https://${id}.example.com/callbacks`,
    description: '',
    eventTypes: ['*'] satisfies EventTypeFilter[],
    ordering: 'per-subject' satisfies Ordering,
    maxPerSecond: null,
    enabled: true,
    disabledReason: null,
    failingSince: null,
    heldUntil: null,
    createdAt: 0,
    updatedAt: 0,
    version: 1,
    secret: newSecret(),
    previousSecret: null,
    previousSecretUntil: null,
    ...subscription,
  };
}
