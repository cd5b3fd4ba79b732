import { newId } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { dialects, waitUntil } from '@holdfast/testing';
import { PruneHistory } from '../src/app/delivery/prune-history.js';
import { SqlDeliveryRepository } from '../src/outbound/sql-delivery.repository.js';
import { SqlRetentionStore } from '../src/outbound/sql-retention.store.js';
import { SqlSubscriptionRepository } from '../src/outbound/sql-subscription.repository.js';
import { answered, DeliveryStore, EngineRun, ScriptedNetwork } from './engine.harness.js';
import { FakeClock } from './fake-clock.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const RETENTION_DAYS = 30;

describe.each(dialects)('the history on %s', (dialect) => {
  let store: DeliveryStore;
  let clock: FakeClock;
  let network: ScriptedNetwork;
  let run: EngineRun;
  const going = new AbortController().signal;

  beforeEach(async () => {
    store = await DeliveryStore.open(dialect);
    clock = new FakeClock(Date.now());
    network = new ScriptedNetwork(clock);
    run = new EngineRun(store, clock, network);
  });

  afterEach(async () => {
    await run.stop();
    await store.close();
  });

  const prune = (now: number) =>
    new PruneHistory(new SqlRetentionStore(), store.database.unitOfWork, RETENTION_DAYS).execute(now, going);
  const left = async () => ({
    deliveries: await store.countOf('deliveries'),
    attempts: await store.countOf('attempts'),
    payloads: await store.countOf('payloads'),
  });

  it('is kept for the retention, then goes with its attempts and payloads', async () => {
    await store.subscribe();
    await store.subscribe();
    for (let order = 0; order < 250; order += 1) await run.arrives(`order-${order}`);
    await run.pass(10_000);
    expect(await prune(clock.now() + (RETENTION_DAYS - 1) * DAY_MS)).toBe(0);
    expect(await left()).toEqual({ deliveries: 500, attempts: 500, payloads: 250 });
    expect(await prune(clock.now() + (RETENTION_DAYS + 1) * DAY_MS)).toBe(500);
    expect(await left()).toEqual({ deliveries: 0, attempts: 0, payloads: 0 });
  });

  it('keeps what is dead until somebody acts, and what is not finished', async () => {
    await store.subscribe();
    network.answer = ({ subject }) => answered(subject === 'order/dead' ? 500 : 200);
    await run.arrives('dead');
    await run.arrives('fine');
    await run.pass(20_000);
    await store.subscribe({ enabled: false, disabledReason: 'REQUESTED' });
    await run.arrives('held');
    await run.pass(1_000);
    await prune(clock.now() + 2 * RETENTION_DAYS * DAY_MS);
    const statuses = (await store.deliveries()).map(({ subject, status }) => `${subject} ${status}`);
    expect(statuses.sort()).toEqual(['order/dead dead', 'order/held pending']);
    expect(await store.countOf('payloads')).toBe(2);
  });

  it('of a deleted subscription goes soon, whatever its state', async () => {
    const { id } = await store.subscribe({ enabled: false, disabledReason: 'REQUESTED' });
    const other = await store.subscribe();
    for (let order = 0; order < 250; order += 1) await run.arrives(`order-${order}`);
    await run.pass(10_000);
    await store.database.unitOfWork.run((tx) => new SqlSubscriptionRepository().remove(tx, id, clock.now()));
    await prune(clock.now());
    expect(await store.subscriptionIds()).toHaveLength(2);
    await prune(clock.now() + HOUR_MS);
    expect(await store.subscriptionIds()).toEqual([other.id]);
    expect(await left()).toEqual({ deliveries: 250, attempts: 250, payloads: 250 });
    expect(await store.countOf('subjects')).toBe(250);
  });

  it('forgets keys that nobody repeats any more', async () => {
    await store.database.unitOfWork.run(async (tx) => {
      for (const at of [clock.now() - (RETENTION_DAYS + 1) * DAY_MS, clock.now()]) {
        await tx.run(
          `INSERT INTO idempotency_keys (client_id, key, fingerprint, request_id, answer, created_at)
           VALUES (?, ?, ?, ?, ?, ?)`,
          ['shop', newId(), '', newId(), '', at],
        );
      }
    });
    await prune(clock.now());
    expect(await store.countOf('idempotency_keys')).toBe(1);
  });
});

// On SQLite nobody else writes while one prunes.
describe('the history on postgres, pruned', () => {
  let store: DeliveryStore;
  let clock: FakeClock;
  let network: ScriptedNetwork;
  let run: EngineRun;
  const retention = new SqlRetentionStore();
  const later = () => clock.now() + DAY_MS;
  const transact = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => store.database.unitOfWork.run(work);
  const prune = (tx: Transaction) => retention.pruneDeliveries(tx, { before: later(), after: '', limit: 100 });
  const copies = async () =>
    (await store.database.queries.all<{ deliveries: number }>('SELECT deliveries FROM payloads')).map(
      ({ deliveries }) => deliveries,
    );

  beforeEach(async () => {
    store = await DeliveryStore.open('postgres');
    clock = new FakeClock(Date.now());
    network = new ScriptedNetwork(clock);
    run = new EngineRun(store, clock, network);
  });

  afterEach(async () => {
    await run.stop();
    await store.close();
  });

  /** Three deliveries of one event, of which one is dead. */
  async function twoOldOneDead(): Promise<void> {
    const subscriptions = [await store.subscribe(), await store.subscribe(), await store.subscribe()];
    network.answer = ({ url }) => answered(url === subscriptions[0]?.url ? 500 : 200);
    await run.arrives('order');
    await run.pass(20_000);
  }

  it('by two at once counts each delivery off its payload once', async () => {
    await twoOldOneDead();
    const pruned = await transact(async (tx) => {
      const first = await prune(tx);
      return [first.pruned, (await transact(prune)).pruned];
    });
    expect(pruned).toEqual([2, 0]);
    expect(await copies()).toEqual([1]);
    expect((await store.deliveries()).map(({ status }) => status)).toEqual(['dead']);
  });

  it('by two that have found the same counts each delivery off its payload once', async () => {
    await twoOldOneDead();
    // Whatever a slower one has found, the rows may be gone when it comes to take them away.
    const stale = (tx: Transaction): Transaction => ({
      dialect: tx.dialect,
      run: (sql, params) => tx.run(sql, params),
      get: (sql, params) => tx.get(sql, params),
      all: (sql, params) => tx.all(sql.replace(' FOR UPDATE SKIP LOCKED', ''), params),
      savepoint: (work) => tx.savepoint(work),
    });
    let other: Promise<{ pruned: number }> | undefined;
    await transact(async (tx) => {
      await prune(tx);
      other = transact((slower) => prune(stale(slower)));
      await blocked();
    });
    expect(await other).toMatchObject({ pruned: 0 });
    expect(await copies()).toEqual([1]);
  });

  it('leaves what is just sent again', async () => {
    await twoOldOneDead();
    const ids = (await store.deliveries()).map(({ id }) => id);
    const pruned = await transact(async (tx) => {
      await new SqlDeliveryRepository().requeue(tx, ids, clock.now());
      return (await transact(prune)).pruned;
    });
    expect(pruned).toBe(0);
    expect((await transact(prune)).pruned).toBe(0);
    expect((await store.deliveries()).map(({ status }) => status)).toEqual(['pending', 'pending', 'pending']);
    expect(await copies()).toEqual([3]);
  });

  it('is gone for whoever wants it sent again a moment later', async () => {
    await twoOldOneDead();
    const ids = (await store.deliveries()).filter(({ status }) => status !== 'dead').map(({ id }) => id);
    let requeued: Promise<number> | undefined;
    await transact(async (tx) => {
      await prune(tx);
      requeued = transact((other) => new SqlDeliveryRepository().requeue(other, ids, clock.now()));
      await blocked();
    });
    expect(await requeued).toBe(0);
    expect((await store.deliveries()).map(({ status }) => status)).toEqual(['dead']);
    const open = await store.database.queries.all('SELECT subject FROM subjects WHERE unfinished > 0');
    expect(open).toEqual([]);
  });

  it('by two at once when a subscription is deleted loses nothing of the others', async () => {
    const { id } = await store.subscribe();
    await store.subscribe();
    await run.arrives('order');
    await run.pass(1_000);
    await transact((tx) => new SqlSubscriptionRepository().remove(tx, id, clock.now()));
    const pruneDeleted = (tx: Transaction) => retention.pruneDeletedSubscription(tx, later(), 100);
    const rows = await transact(async (tx) => [await pruneDeleted(tx), await transact(pruneDeleted)]);
    expect(rows).toEqual([100, 0]);
    expect(await copies()).toEqual([1]);
    expect(await transact(pruneDeleted)).toBe(100);
    expect(await store.subscriptionIds()).not.toContain(id);
  });

  it('keeps a deleted subscription as long as an attempt for it is being recorded', async () => {
    const { id } = await store.subscribe({ enabled: false, disabledReason: 'REQUESTED' });
    await run.arrives('order');
    await transact((tx) => new SqlSubscriptionRepository().remove(tx, id, clock.now()));
    const pruneDeleted = (tx: Transaction) => retention.pruneDeletedSubscription(tx, later(), 100);
    await transact(async (tx) => {
      await tx.run('UPDATE deliveries SET attempts = attempts + 1');
      expect(await transact(pruneDeleted)).toBe(0);
    });
    await transact(pruneDeleted);
    await transact(pruneDeleted);
    expect([await store.subscriptionIds(), await store.countOf('deliveries')]).toEqual([[], 0]);
  });

  /** A transaction waits for another one's lock; those of other tests' databases are listed too. */
  const blocked = () =>
    waitUntil('one waits for the other', async () => {
      const waiting = await store.database.queries.all(
        `SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid)
         WHERE NOT granted AND datname = current_database() AND pid <> pg_backend_pid()`,
      );
      return waiting.length > 0;
    });
});
