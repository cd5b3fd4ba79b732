import { newId } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { AnswerOnce } from '../src/app/answer-once.js';
import { applyChanges } from '../src/app/apply-changes.js';
import { CreateSubscription, MAX_SUBSCRIPTIONS } from '../src/app/create-subscription.js';
import { PruneHistory } from '../src/app/delivery/prune-history.js';
import { RetryDelivery } from '../src/app/retry-delivery.js';
import { type SubscribedEvent } from '../src/domain/event.js';
import { newSecret } from '../src/domain/signature.js';
import { SqlAuditTrail } from '../src/outbound/sql-audit.trail.js';
import { SqlDeliveryLookup } from '../src/outbound/sql-delivery.lookup.js';
import { SqlHeldDeliveries } from '../src/outbound/sql-held.deliveries.js';
import { SqlRetentionStore } from '../src/outbound/sql-retention.store.js';
import { SqlStoredAnswers } from '../src/outbound/sql-stored.answers.js';
import { SqlSubscriptionDirectory } from '../src/outbound/sql-subscription.directory.js';
import { SqlSubscriptionRepository } from '../src/outbound/sql-subscription.repository.js';
import { aCreateWebhook, anOrigin, answered, codeIn, operator, shop, valueIn } from './owner.builders.js';
import { Owners } from './owners.harness.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Has somebody else do something, and commit it, right before a statement of this transaction. Once. */
function meanwhile(tx: Transaction, statement: RegExp, others: () => Promise<unknown>): Transaction {
  let left: (() => Promise<unknown>) | undefined = others;
  const before = async (sql: string) => {
    if (!left || !statement.test(sql)) return;
    const work = left;
    left = undefined;
    await work();
  };
  return {
    dialect: tx.dialect,
    run: (sql, params) => before(sql).then(() => tx.run(sql, params)),
    get: (sql, params) => before(sql).then(() => tx.get(sql, params)),
    all: (sql, params) => before(sql).then(() => tx.all(sql, params)),
    savepoint: (work) => tx.savepoint(work),
  };
}

// On SQLite nobody else writes while one does.
describe('on postgres, what another instance commits in the middle of', () => {
  let owners: Owners;

  beforeEach(async () => {
    owners = await Owners.open('postgres');
  });
  afterEach(() => owners.close());

  const anEvent = (subject: string): SubscribedEvent => ({
    ...{ id: newId(), type: 'order.created', subject, owner: 'shop', data: '{"orderId":"1"}' },
    ...{ correlationId: newId(), occurredAt: Date.now() },
  });
  const prune = (now: number) =>
    new PruneHistory(new SqlRetentionStore(), owners.database.unitOfWork, 30).execute(
      now,
      new AbortController().signal,
    );
  const parts = () => {
    const clock = { now: () => Date.now() };
    const { secretBox, subscriptions, deliveries } = owners;
    const once = new AnswerOnce(new SqlStoredAnswers(), secretBox, clock);
    const audit = new SqlAuditTrail();
    return { ...{ once, audit, clock, secretBox, newSecret, subscriptions, deliveries }, urlPolicy: allowAll };
  };
  const allowAll = () => ({ allowed: true as const });

  describe('a change to no order', () => {
    const subject = 'order/1';
    const ending = 'none' as const;
    const openOnes = () => owners.rows('SELECT unfinished, pending FROM subjects WHERE subject = ?', [subject]);
    const statuses = async () =>
      (await owners.rows<{ status: string }>('SELECT status FROM deliveries ORDER BY sequence')).map(
        ({ status }) => status,
      );

    /** Another event arrives for a subscription that keeps order, as far as its transaction knows. */
    const arrives = (tx: Transaction, id: string) =>
      owners.deliveries.prepare(tx, anEvent(subject), [{ id, ordering: 'per-subject' }], Date.now());

    async function endOrder(tx: Transaction, id: string): Promise<void> {
      const { subscriptions } = owners;
      const subscription = await subscriptions.find(tx, id);
      if (!subscription) throw new Error(`no subscription ${id}`);
      const held = new SqlHeldDeliveries();
      await applyChanges(tx, { subscriptions, held }, subscription, { ordering: ending }, Date.now());
    }

    it('is counted as what it has become, so that all of it can be finished', async () => {
      const { id } = await owners.subscribed();
      await owners.stored({ subscriptionId: id, subject, status: 'pending' });
      await owners.transact((tx) => {
        const others = () => owners.transact((other) => arrives(other, id));
        return endOrder(meanwhile(tx, /UPDATE deliveries SET status = 'pending'/, others), id);
      });
      expect(await statuses()).toEqual(['pending', 'pending']);
      expect(await openOnes()).toEqual([{ unfinished: 2, pending: 2 }]);

      const deliveries = await owners.rows<{ deliveryId: string }>('SELECT id AS "deliveryId" FROM deliveries');
      for (const { deliveryId } of deliveries) {
        const attempt = { deliveryId, subscriptionId: id, subject, lease: 'any', outcome: answered(200) };
        await owners.transact((tx) =>
          owners.deliveries.record(tx, { ...attempt, fate: { status: 'delivered' } }, Date.now()),
        );
      }
      expect(await statuses()).toEqual(['delivered', 'delivered']);
      expect(await openOnes()).toEqual([{ unfinished: 0, pending: 0 }]);
    });

    it('keeps nothing waiting that is stored by whoever has read of the order before', async () => {
      const { id } = await owners.subscribed();
      const first = await owners.stored({ subscriptionId: id, subject, status: 'pending' });
      await owners.transact(async (tx) => {
        const receivers = await new SqlSubscriptionDirectory().receiversOf(tx, 'order.created', 'shop');
        await owners.transact((other) => endOrder(other, id));
        await owners.deliveries.prepare(tx, anEvent(subject), receivers, Date.now());
      });
      const now = Date.now();
      const terms = { now, until: now + 60_000, limit: 10, lease: newId() };
      const grant = await owners.transact((tx) => owners.deliveries.lease(tx, id, terms));
      expect(grant?.deliveries).toHaveLength(2);
      expect(grant?.deliveries[0]?.id).toBe(first);
      expect(await openOnes()).toEqual([{ unfinished: 2, pending: 2 }]);
    });
  });

  it('a retry is not accepted where the delivery was pruned', async () => {
    const { id } = await owners.subscribed();
    const deliveryId = await owners.stored({ subscriptionId: id, at: Date.now() - 40 * DAY_MS });
    const retry = new RetryDelivery({ ...parts(), lookup: new SqlDeliveryLookup() });
    const reply = await owners.transact((tx) => {
      const waiting = meanwhile(tx, /UPDATE deliveries SET status/, () => prune(Date.now()));
      return retry.execute(waiting, { caller: shop, deliveryId }, anOrigin());
    });
    expect(codeIn(reply)).toBe('DELIVERY_NOT_FOUND');
    expect((await owners.actsOn(id)).map(({ action }) => action)).toEqual(['create']);
  });

  it('a creation that is delivered twice gets its answer where the first has reached the limit', async () => {
    for (let count = 1; count < MAX_SUBSCRIPTIONS; count += 1) await owners.subscribed();
    const [request, messageId] = [aCreateWebhook(), newId()];
    class CreatedBeforeTheCount extends SqlSubscriptionRepository {
      override async countOf(tx: Transaction, clientId: string): Promise<number> {
        await owners.create(request, messageId);
        return super.countOf(tx, clientId);
      }
    }
    const create = new CreateSubscription({ ...parts(), subscriptions: new CreatedBeforeTheCount() });
    const second = valueIn(await owners.transact((tx) => create.execute(tx, request, anOrigin(messageId))));
    expect(second).toEqual(valueIn(await owners.create(request, messageId)));
    const over = await owners.transact((tx) => create.execute(tx, aCreateWebhook(), anOrigin()));
    expect(codeIn(over)).toBe('WEBHOOK_LIMIT_REACHED');
  });

  it('a pruning of keys leaves the answer of whoever uses a key anew', async () => {
    const [key, old] = ['k', Date.now() - 40 * DAY_MS];
    const given = { caller: operator, idempotencyKey: key };
    const { id: webhookId } = await owners.subscribed();
    const first = valueIn(await owners.rotate({ ...given, webhookId }));
    await owners.transact((tx) => tx.run('UPDATE idempotency_keys SET created_at = ?', [old]));
    let second: unknown;
    await owners.transact((tx) => {
      const others = async () => {
        await prune(Date.now());
        second = valueIn(await owners.rotate({ ...given, webhookId }));
      };
      const waiting = meanwhile(tx, /DELETE FROM idempotency_keys/, others);
      return new SqlRetentionStore().pruneIdempotencyKeys(waiting, Date.now() - 30 * DAY_MS, 100);
    });
    expect(second).not.toEqual(first);
    expect(await owners.rotate({ ...given, webhookId })).toEqual({ ok: true, value: second, replayed: true });
  });

  it('an event that is stored for a webhook leaves nothing of it where it was deleted and pruned', async () => {
    const { id } = await owners.subscribed();
    await owners.transact(async (tx) => {
      const receivers = await new SqlSubscriptionDirectory().receiversOf(tx, 'order.created', 'shop');
      await owners.delete({ caller: shop, webhookId: id });
      await prune(Date.now());
      await owners.deliveries.prepare(tx, anEvent('order/1'), receivers, Date.now());
    });
    await prune(Date.now() + HOUR_MS);
    const tables = ['subscriptions', 'deliveries', 'payloads', 'subjects'];
    expect(await Promise.all(tables.map((table) => owners.count(table)))).toEqual([0, 0, 0, 0]);
  });
});
