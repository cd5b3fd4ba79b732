import { newId, type ReplayWebhook } from '@holdfast/contracts';
import { createLogger } from '@holdfast/platform';
import { dialects, waitUntil } from '@holdfast/testing';
import { ReplayWorker } from '../src/inbound/replay-worker.js';
import { codeIn, idAt, shop, valueIn } from './owner.builders.js';
import { Owners } from './owners.harness.js';

const NOON = Date.parse('2026-01-05T12:00:00.000Z');

describe.each(dialects)('a replay on %s', (dialect) => {
  let owners: Owners;
  let webhookId: string;

  beforeAll(async () => {
    owners = await Owners.open(dialect);
  });
  afterAll(() => owners.close());
  beforeEach(async () => {
    webhookId = (await owners.subscribed()).id;
  });

  const stored = (given: Partial<Parameters<Owners['stored']>[0]> = {}) =>
    owners.stored({ subscriptionId: webhookId, at: NOON, ...given });

  const aReplay = (given: Partial<ReplayWebhook> = {}): ReplayWebhook => ({
    ...{ caller: shop, webhookId, from: new Date(NOON).toISOString(), to: new Date(NOON + 999).toISOString() },
    ...given,
  });

  /** Many deliveries that are delivered, each of a subject of its own. */
  async function history(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) ids.push(idAt(NOON + Math.floor(index / 2)));
    await owners.transact(async (tx) => {
      for (const id of ids) {
        await tx.run(
          `INSERT INTO subjects (subscription_id, subject, last_sequence, last_event_id, unfinished, pending)
           VALUES (?, ?, 1, ?, 0, 0)`,
          [webhookId, `order/${id}`, id],
        );
        await tx.run(
          `INSERT INTO deliveries (id, subscription_id, event_id, event_type, subject, sequence, status, attempts, tries,
             due_at, created_at, finished_at) VALUES (?, ?, ?, 'order.created', ?, 1, 'delivered', 1, 0, ?, ?, ?)`,
          [id, webhookId, id, `order/${id}`, NOON, NOON, NOON],
        );
      }
    });
    return ids;
  }

  const pendingOnes = async (): Promise<string[]> => {
    const rows = await owners.rows<{ id: string }>(
      `SELECT id FROM deliveries WHERE subscription_id = ? AND status IN ('pending', 'waiting') ORDER BY id`,
      [webhookId],
    );
    return rows.map(({ id }) => id);
  };

  it('sends again what is finished in its range, both ends included, and nothing else', async () => {
    const wanted = [await stored(), await stored({ status: 'dead' }), await stored({ at: NOON + 999 })];
    const alone = [
      await stored({ at: NOON - 1 }),
      await stored({ at: NOON + 1_000 }),
      await stored({ eventType: 'webhook.test' }),
      await stored({ eventType: 'webhook.test', status: 'failed' }),
      await owners.stored({ subscriptionId: (await owners.subscribed()).id, at: NOON }),
    ];
    const busy = [await stored({ status: 'pending' }), await stored({ status: 'waiting' })];
    const before = await Promise.all([...alone, ...busy].map((id) => owners.statusOf(id)));

    expect(valueIn(await owners.replay(aReplay()))).toEqual({ deliveries: 3, dryRun: false });
    expect(await owners.workOffAll()).toBe(1);
    expect(await pendingOnes()).toEqual([...wanted, ...busy].sort());
    expect(await Promise.all([...alone, ...busy].map((id) => owners.statusOf(id)))).toEqual(before);
  });

  it('counts first and does nothing, and counts what is then done', async () => {
    for (const status of ['delivered', 'dead', 'pending'] as const) await stored({ status });
    const counted = valueIn(await owners.replay(aReplay({ dryRun: true })));
    expect(counted).toEqual({ deliveries: 2, dryRun: true });
    expect(await owners.workOffAll()).toBe(0);
    expect(await owners.actsOn(webhookId)).toHaveLength(1);
    expect(valueIn(await owners.replay(aReplay()))).toEqual({ deliveries: 2, dryRun: false });
  });

  it.each([
    ['types', { eventTypes: ['order.confirmed' as const] }, ['order.confirmed dead', 'order.confirmed delivered']],
    ['groups', { eventTypes: ['product.*' as const] }, ['product.stockReserved delivered']],
    ['only what is missing', { onlyMissing: true }, ['order.confirmed dead']],
    ['tests, which are none', { eventTypes: ['webhook.test' as const] }, []],
  ])('takes %s', async (_name, given, expected) => {
    const ids = new Map<string, string>();
    for (const [eventType, status] of [
      ['order.confirmed', 'dead'],
      ['order.confirmed', 'delivered'],
      ['product.stockReserved', 'delivered'],
      ['webhook.test', 'delivered'],
    ] as const) {
      ids.set(await stored({ eventType, status }), `${eventType} ${status}`);
    }
    expect(valueIn(await owners.replay(aReplay(given))).deliveries).toBe(expected.length);
    await owners.workOffAll();
    expect((await pendingOnes()).map((id) => ids.get(id)).sort()).toEqual(expected);
  });

  it('ends where it was asked for, however far its range goes', async () => {
    const before = await stored({ at: Date.now() - 1_000 });
    const to = new Date(Date.now() + 3_600_000).toISOString();
    expect(valueIn(await owners.replay(aReplay({ to }))).deliveries).toBe(1);
    await stored({ at: Date.now() + 60_000 });
    await owners.workOffAll();
    expect(await pendingOnes()).toEqual([before]);
  });

  it('goes on after a restart where the last piece ended, each delivery once', async () => {
    const ids = await history(1_201);
    valueIn(await owners.replay(aReplay()));
    expect(await owners.workOffReplays.execute()).toEqual({ subscriptionId: webhookId, deliveries: 500 });
    expect(await pendingOnes()).toEqual([...ids].sort().slice(0, 500));
    // What is delivered again meanwhile lies behind it.
    await owners.transact((tx) =>
      tx.run(`UPDATE deliveries SET status = 'delivered', finished_at = 1 WHERE id = ?`, [[...ids].sort()[0] ?? '']),
    );
    const another = new ReplayWorker(
      { replays: owners.workOffReplays, held: owners.releaseHeld },
      { wake: (woken) => owners.woken.push(...woken) },
      ...([60_000, createLogger('test', 'silent')] as const),
    );
    another.start();
    await waitUntil('all of it is to be sent again', async () => (await pendingOnes()).length === 1_200);
    await waitUntil('the replay is done', async () => (await owners.count('replays')) === 0);
    await another.stop();
    expect(owners.woken).toEqual(expect.arrayContaining([webhookId]));
  });

  it('is worked off when somebody asks for it', async () => {
    const worker = new ReplayWorker(
      { replays: owners.workOffReplays, held: owners.releaseHeld },
      { wake: () => undefined },
      ...([60_000, createLogger('test', 'silent')] as const),
    );
    worker.start();
    for (let round = 1; round <= 3; round += 1) {
      const id = await stored();
      valueIn(await owners.replay(aReplay()));
      worker.nudge();
      await waitUntil(`replay ${round} is worked off`, async () => (await pendingOnes()).includes(id));
    }
    await worker.stop();
    await stored();
    valueIn(await owners.replay(aReplay()));
    worker.nudge();
    expect(await owners.count('replays')).toBe(1);
    await owners.workOffAll();
  });

  it('that fails each time does not keep the later ones waiting', async () => {
    const id = await stored();
    valueIn(await owners.replay(aReplay(), idAt(NOON)));
    await owners.transact((tx) => tx.run(`UPDATE replays SET event_types = 'torn'`));
    valueIn(await owners.replay(aReplay()));
    await expect(owners.workOffReplays.execute()).rejects.toThrow('failed');
    const worker = new ReplayWorker(
      { replays: owners.workOffReplays, held: owners.releaseHeld },
      { wake: () => undefined },
      ...([60_000, createLogger('test', 'silent')] as const),
    );
    worker.start();
    await waitUntil('the later one is worked off', async () => (await pendingOnes()).includes(id));
    await waitUntil('only the torn one is left', async () => (await owners.count('replays')) === 1);
    await worker.stop();
    await owners.transact((tx) => tx.run('DELETE FROM replays'));
  });

  it('counts all of a long history, some of it at a time', async () => {
    await history(4_001);
    expect(valueIn(await owners.replay(aReplay({ to: new Date(NOON + 5_000).toISOString(), dryRun: true })))).toEqual({
      ...{ deliveries: 4_001, dryRun: true },
    });
  });

  it('of a subscription that is deleted since ends', async () => {
    const id = await stored();
    valueIn(await owners.replay(aReplay()));
    await owners.delete({ caller: shop, webhookId });
    await owners.workOffAll();
    expect(await owners.statusOf(id)).toBe('delivered');
    expect(await owners.count('replays')).toBe(0);
  });

  it('by the same message again answers the same and is done once', async () => {
    await stored();
    const messageId = newId();
    const first = await owners.replay(aReplay(), messageId);
    await owners.workOffAll();
    expect(await owners.replay(aReplay(), messageId)).toEqual(first);
    expect(await owners.count('replays')).toBe(0);
  });

  it('needs a range that begins before it ends', async () => {
    const instant = new Date(NOON).toISOString();
    await stored();
    expect(valueIn(await owners.replay(aReplay({ to: instant, dryRun: true }))).deliveries).toBe(1);
    const turned = aReplay({ from: new Date(NOON + 1).toISOString(), to: instant });
    expect(codeIn(await owners.replay(turned))).toBe('VALIDATION_FAILED');
  });
});
