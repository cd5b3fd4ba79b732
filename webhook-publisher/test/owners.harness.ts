import { createHash } from 'node:crypto';
import {
  type CreateWebhook,
  newId,
  type ReplayWebhook,
  type Reply,
  type SwitchWebhook,
  type WebhookEventType,
  type WebhookView,
  type WebhookWithSecret,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Database, type Dialect, type SqlValue, type Transaction, TransientError } from '@holdfast/platform';
import { TestDatabase } from '@holdfast/testing';
import { AnswerOnce } from '../src/app/answer-once.js';
import { CreateSubscription } from '../src/app/create-subscription.js';
import { DeleteSubscription } from '../src/app/delete-subscription.js';
import { ListDeliveries } from '../src/app/list-deliveries.js';
import { ListSubscriptions } from '../src/app/list-subscriptions.js';
import { type AttemptOutcome } from '../src/app/ports.js';
import { ReleaseHeld } from '../src/app/release-held.js';
import { ReplayDeliveries } from '../src/app/replay-deliveries.js';
import { RetryDelivery } from '../src/app/retry-delivery.js';
import { RotateSecret } from '../src/app/rotate-secret.js';
import { SendTestEvent } from '../src/app/send-test-event.js';
import { ShowDelivery } from '../src/app/show-delivery.js';
import { ShowSubscription } from '../src/app/show-subscription.js';
import { type Switch, SwitchSubscription } from '../src/app/switch-subscription.js';
import { UpdateSubscription } from '../src/app/update-subscription.js';
import { WorkOffReplays } from '../src/app/work-off-replays.js';
import { webhooksSchema } from '../src/app.module.js';
import { newSecret } from '../src/domain/signature.js';
import { AesSecretBox, parseEncryptionKeys } from '../src/outbound/secret-box.js';
import { SqlAuditTrail } from '../src/outbound/sql-audit.trail.js';
import { SqlDeliveryCounter } from '../src/outbound/sql-delivery.counter.js';
import { SqlDeliveryLookup } from '../src/outbound/sql-delivery.lookup.js';
import { SqlDeliveryReader } from '../src/outbound/sql-delivery.reader.js';
import { SqlDeliveryRepository } from '../src/outbound/sql-delivery.repository.js';
import { SqlHeldDeliveries } from '../src/outbound/sql-held.deliveries.js';
import { SqlReplayRepository } from '../src/outbound/sql-replay.repository.js';
import { SqlStoredAnswers } from '../src/outbound/sql-stored.answers.js';
import { SqlSubscriptionReader } from '../src/outbound/sql-subscription.reader.js';
import { SqlSubscriptionRepository } from '../src/outbound/sql-subscription.repository.js';
import { SqlTestDeliveryRepository } from '../src/outbound/sql-test-delivery.repository.js';
import { aCreateWebhook, anOrigin, answered, idAt, operator, valueIn } from './owner.builders.js';

/** A key that is the same in every process of a test. */
const TEST_KEY = createHash('sha256').update('test').digest('base64');

export interface GivenDelivery {
  subscriptionId: string;
  status?: 'pending' | 'waiting' | 'delivered' | 'dead' | 'failed';
  eventType?: WebhookEventType;
  /** Unix milliseconds. */
  at?: number;
  subject?: string;
}

type Execute<Request, Value> = {
  execute(tx: Transaction, request: Request, origin: MessageOrigin): Promise<Reply<Value>>;
};

/** Everything that owners do, on a new database, through the unit of work as the pipeline calls it. */
export class Owners {
  /** What the endpoint of a test event does. */
  answerOnce: () => Promise<AttemptOutcome> = async () => answered(204);
  /** Subscriptions that were woken. */
  readonly woken: string[] = [];
  private last = 0;

  readonly create;
  readonly update;
  readonly enable;
  readonly disable;
  readonly rotate;
  readonly delete;
  readonly replay;
  readonly retry;
  readonly show;
  readonly list;
  readonly showDelivery;
  readonly listDeliveries;
  readonly workOffReplays: WorkOffReplays;
  readonly releaseHeld: ReleaseHeld;
  readonly sendTestEvent: SendTestEvent;
  readonly deliveries = new SqlDeliveryRepository();
  readonly subscriptions = new SqlSubscriptionRepository();
  readonly secretBox = new AesSecretBox(parseEncryptionKeys(TEST_KEY).keys);

  private constructor(
    private readonly testDatabase: TestDatabase,
    readonly database: Database,
  ) {
    const { subscriptions, deliveries, secretBox } = this;
    const clock = { now: () => this.tick() };
    const [audit, held, replays] = [new SqlAuditTrail(), new SqlHeldDeliveries(), new SqlReplayRepository()];
    const urlPolicy = (url: string) =>
      url.includes('127.0.0.1')
        ? { allowed: false as const, problem: '127.0.0.1 is not a public host.' }
        : { allowed: true as const };
    const once = new AnswerOnce(new SqlStoredAnswers(), secretBox, clock);
    const parts = { subscriptions, held, audit, once, clock, urlPolicy, secretBox, newSecret };
    const [reader, subscriptionReader] = [
      new SqlDeliveryReader(database.queries),
      new SqlSubscriptionReader(database.queries),
    ];
    const lookup = new SqlDeliveryLookup();
    const { unitOfWork } = database;
    this.create = this.command(new CreateSubscription(parts));
    this.update = this.command(new UpdateSubscription(parts));
    const switching = new SwitchSubscription(parts);
    const to = (position: Switch): Execute<SwitchWebhook, WebhookView> => ({
      execute: (tx, request, origin) => switching.execute(tx, position, request, origin),
    });
    this.enable = this.command(to('enable'));
    this.disable = this.command(to('disable'));
    this.rotate = this.command(new RotateSecret(parts));
    this.delete = this.command(new DeleteSubscription(subscriptions, audit, clock));
    const replay = new ReplayDeliveries({
      ...{ unitOfWork, subscriptions, replays, audit, once, clock, reader: subscriptionReader },
      counter: new SqlDeliveryCounter(database.queries),
    });
    this.replay = (request: ReplayWebhook, messageId = newId()) => replay.execute(request, anOrigin(messageId));
    this.retry = this.command(new RetryDelivery({ subscriptions, lookup, deliveries, audit, once, clock }));
    this.show = new ShowSubscription(subscriptionReader);
    this.list = new ListSubscriptions(subscriptionReader);
    this.showDelivery = new ShowDelivery(reader, subscriptionReader);
    this.listDeliveries = new ListDeliveries(reader, subscriptionReader);
    this.releaseHeld = new ReleaseHeld(held, unitOfWork, clock);
    this.workOffReplays = new WorkOffReplays(replays, subscriptions, deliveries, unitOfWork, clock);
    this.sendTestEvent = new SendTestEvent({
      ...{ unitOfWork, subscriptions, deliveries, lookup, audit, once, clock, tests: new SqlTestDeliveryRepository() },
      sendOnce: () => this.answerOnce(),
      waker: {
        wake: (ids) => this.woken.push(...ids),
        renew: (id) => this.woken.push(id),
        refresh: (id) => this.woken.push(id),
      },
    });
  }

  static async open(dialect: Dialect): Promise<Owners> {
    const testDatabase = await TestDatabase.create(dialect);
    return new Owners(testDatabase, await testDatabase.open(webhooksSchema));
  }

  async subscribed(given: Partial<CreateWebhook> = {}): Promise<WebhookWithSecret> {
    return valueIn(await this.create(aCreateWebhook(given))).webhook;
  }

  async shown(webhookId: string): Promise<WebhookView> {
    return valueIn(await this.show.execute({ caller: operator, webhookId }));
  }

  transact<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.unitOfWork.run(work);
  }

  rows<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.database.queries.all<Row>(sql, params);
  }

  async count(table: string): Promise<number> {
    const [row] = await this.rows<{ count: number }>(`SELECT CAST(count(*) AS INTEGER) AS count FROM ${table}`);
    return row?.count ?? 0;
  }

  /** What was done with a subscription, in order. */
  async actsOn(webhookId: string): Promise<{ action: string; clientId: string; detail: Record<string, unknown> }[]> {
    const rows = await this.rows<{ action: string; clientId: string; detail: string }>(
      'SELECT action, client_id AS "clientId", detail FROM audit WHERE subscription_id = ? ORDER BY at, id',
      [webhookId],
    );
    return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as Record<string, unknown> }));
  }

  /** A delivery as it stands after what its status says, of a subject of its own unless told. */
  async stored(given: GivenDelivery): Promise<string> {
    const { subscriptionId, status = 'delivered', eventType = 'order.created', at = Date.now() } = given;
    const [id, eventId] = [idAt(at), newId()];
    const subject = given.subject ?? `order/${eventId}`;
    const open = status === 'pending' || status === 'waiting';
    await this.transact(async (tx) => {
      await tx.run(
        `INSERT INTO payloads (event_id, type, subject, data, correlation_id, occurred_at, deliveries)
         VALUES (?, ?, ?, ?, ?, ?, 1)`,
        [eventId, eventType, subject, '{"orderId":"1"}', eventId, at],
      );
      const turn = await tx.get<{ sequence: number; previousEventId: string | null }>(
        `INSERT INTO subjects (subscription_id, subject, last_sequence, last_event_id, previous_event_id, unfinished, pending)
         VALUES (?, ?, 1, ?, NULL, ?, ?)
         ON CONFLICT (subscription_id, subject) DO UPDATE SET last_sequence = subjects.last_sequence + 1,
           previous_event_id = subjects.last_event_id, last_event_id = excluded.last_event_id,
           unfinished = subjects.unfinished + excluded.unfinished, pending = subjects.pending + excluded.pending
         RETURNING last_sequence AS sequence, previous_event_id AS "previousEventId"`,
        [subscriptionId, subject, eventId, open ? 1 : 0, status === 'pending' ? 1 : 0],
      );
      await tx.run(
        `INSERT INTO deliveries (id, subscription_id, event_id, event_type, subject, sequence, previous_event_id, status,
           attempts, tries, due_at, created_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)`,
        [
          ...[id, subscriptionId, eventId, eventType, subject, turn?.sequence ?? 1, turn?.previousEventId ?? null],
          ...[status, open ? 0 : 1, at, at, open ? null : at],
        ],
      );
    });
    return id;
  }

  async statusOf(deliveryId: string): Promise<string | undefined> {
    const [row] = await this.rows<{ status: string }>('SELECT status FROM deliveries WHERE id = ?', [deliveryId]);
    return row?.status;
  }

  /** Until no replay is left; returns how many pieces that took. */
  async workOffAll(): Promise<number> {
    let pieces = 0;
    while (await this.workOffReplays.execute()) pieces += 1;
    return pieces;
  }

  close(): Promise<void> {
    return this.testDatabase.close();
  }

  /** The time, and always a later one: what is noted of acts is sorted by it. */
  private tick(): number {
    this.last = Math.max(this.last + 1, Date.now());
    return this.last;
  }

  /** As a message, which is tried again when the database says so. */
  private command<Request, Value>(useCase: Execute<Request, Value>) {
    return async (request: Request, messageId = newId()): Promise<Reply<Value>> => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.transact((tx) => useCase.execute(tx, request, anOrigin(messageId)));
        } catch (error) {
          if (!(error instanceof TransientError) || attempt === 20) throw error;
        }
      }
    };
  }
}
