import { newId } from '@holdfast/contracts';
import { dialects } from '@holdfast/testing';
import { PruneHistory } from '../src/app/delivery/prune-history.js';
import { SqlRetentionStore } from '../src/outbound/sql-retention.store.js';
import { SqlSubscriptionRepository } from '../src/outbound/sql-subscription.repository.js';
import { answered, DeliveryStore, EngineRun, ScriptedNetwork } from './engine.harness.js';
import { FakeClock } from './fake-clock.js';

const DAY_MS = 86_400_000;
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

  it('of a deleted subscription goes at once, whatever its state', async () => {
    const { id } = await store.subscribe({ enabled: false, disabledReason: 'REQUESTED' });
    const other = await store.subscribe();
    for (let order = 0; order < 250; order += 1) await run.arrives(`order-${order}`);
    await run.pass(10_000);
    await store.database.unitOfWork.run((tx) => new SqlSubscriptionRepository().remove(tx, id, clock.now()));
    await prune(clock.now());
    expect(await store.subscriptionIds()).toEqual([other.id]);
    expect(await left()).toEqual({ deliveries: 250, attempts: 250, payloads: 250 });
    expect(await store.countOf('subjects')).toBe(250);
  });

  it('forgets keys that nobody repeats any more', async () => {
    await store.database.unitOfWork.run(async (tx) => {
      for (const at of [clock.now() - (RETENTION_DAYS + 1) * DAY_MS, clock.now()]) {
        await tx.run(
          'INSERT INTO idempotency_keys (client_id, key, fingerprint, answer, created_at) VALUES (?, ?, ?, ?, ?)',
          ['shop', newId(), '', '', at],
        );
      }
    });
    await prune(clock.now());
    expect(await store.countOf('idempotency_keys')).toBe(1);
  });
});
