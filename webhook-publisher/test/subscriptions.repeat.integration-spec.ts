import { newId, type Reply } from '@holdfast/contracts';
import { dialects, waitUntil } from '@holdfast/testing';
import { anOrigin, answered, codeIn, operator, other, shop, valueIn } from './owner.builders.js';
import { Owners } from './owners.harness.js';

const NOON = Date.parse('2026-01-05T12:00:00.000Z');
const AT_ONCE = 8;

describe.each(dialects)('what owners repeat under an idempotency key on %s', (dialect) => {
  let owners: Owners;
  let webhookId: string;
  let deliveryId: string;

  beforeAll(async () => {
    owners = await Owners.open(dialect);
  });
  afterAll(() => owners.close());
  beforeEach(async () => {
    webhookId = (await owners.subscribed()).id;
    deliveryId = await owners.stored({ subscriptionId: webhookId, at: NOON });
    owners.answerOnce = async () => answered(204);
  });

  type Given = { caller?: typeof shop; idempotencyKey?: string };
  type Repeatable = (given: Given) => Promise<Reply<unknown>>;

  const range = { from: new Date(NOON).toISOString(), to: new Date(NOON + 999).toISOString() };
  const ref = (given: Given) => ({ caller: shop, webhookId, ...given });

  const acts: Record<string, Repeatable> = {
    enable: (given) => owners.enable(ref(given)),
    disable: (given) => owners.disable(ref(given)),
    'rotate-secret': (given) => owners.rotate(ref(given)),
    replay: (given) => owners.replay({ ...ref(given), ...range }),
    'replay, counting only': (given) => owners.replay({ ...ref(given), ...range, dryRun: true }),
    retry: ({ caller = shop, ...given }) => owners.retry({ caller, deliveryId, ...given }),
    test: (given) => owners.sendTestEvent.execute(ref(given), anOrigin()),
  };
  const named = Object.entries(acts);
  const doing = named.filter(([name]) => !name.includes('counting'));

  const textOf = (reply: Reply<unknown>): string => JSON.stringify(valueIn(reply));

  /** Everything that an act changes is noted. */
  const actsNoted = async () => (await owners.actsOn(webhookId)).length;

  it.each(named)(
    '%s: gets the stored answer, byte for byte, whatever has become of the webhook',
    async (_name, act) => {
      const given = { idempotencyKey: newId() };
      const first = await act(given);
      expect(first).not.toHaveProperty('replayed');
      await owners.update({ caller: shop, webhookId, changes: { description: 'other' } });
      await owners.rotate({ caller: shop, webhookId });
      const noted = await actsNoted();
      const again = await act(given);
      expect(again).toMatchObject({ replayed: true });
      expect(textOf(again)).toBe(textOf(first));
      expect(await actsNoted()).toBe(noted);

      await owners.delete({ caller: shop, webhookId });
      expect(textOf(await act(given))).toBe(textOf(first));
    },
  );

  it.each(named)('%s: is another request with another key, or without one', async (name, act) => {
    for (const given of [{ idempotencyKey: newId() }, { idempotencyKey: newId() }, {}]) {
      // One that is on its way is not sent again.
      await owners.transact((tx) =>
        tx.run(`UPDATE deliveries SET status = 'delivered', finished_at = 1 WHERE id = ?`, [deliveryId]),
      );
      expect([name, await act(given)]).toEqual([name, { ok: true, value: expect.anything() }]);
    }
  });

  it.each(named)("%s: is refused under a key that was another request's", async (name, act) => {
    const given = { idempotencyKey: newId() };
    valueIn(await act(given));
    for (const [another, execute] of named.filter(([one]) => one !== name)) {
      expect([another, codeIn(await execute(given))]).toEqual([another, 'IDEMPOTENCY_KEY_REUSED']);
    }
    const elsewhere = await owners.subscribed();
    const reply = await owners.rotate({ ...ref(given), webhookId: elsewhere.id });
    expect(codeIn(reply)).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it.each(named)("%s: has nothing to do with another client's key", async (_name, act) => {
    const given = { idempotencyKey: newId() };
    valueIn(await act(given));
    expect(codeIn(await act({ ...given, caller: other }))).toMatch(/^(?:WEBHOOK|DELIVERY)_NOT_FOUND$/);
    expect(codeIn(await act({ ...given, caller: { ...shop, role: 'operator' } }))).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it.each(doing)('%s: is done once by many at once, and answered the same', async (name, act) => {
    const noted = await actsNoted();
    const given = { idempotencyKey: newId() };
    const replies = await Promise.all(Array.from({ length: AT_ONCE }, () => act(given)));
    expect(await actsNoted()).toBe(noted + 1);
    // A test takes as long as its endpoint does, and meanwhile there is no answer to repeat.
    for (const reply of replies) expect(['accepted', 'IDEMPOTENCY_KEY_IN_USE']).toContain(codeIn(reply));
    const answers = replies.filter((reply) => reply.ok);
    expect(answers.length).toBeGreaterThanOrEqual(name === 'test' ? 1 : AT_ONCE);
    expect(new Set(answers.map(textOf)).size).toBe(1);
    expect(answers.filter((reply) => !('replayed' in reply))).toHaveLength(1);
    expect(textOf(await act(given))).toBe(textOf(answers[0] as Reply<unknown>));
    expect(await actsNoted()).toBe(noted + 1);
  });

  it('a refusal is not kept: what was refused can be done later under the same key', async () => {
    const given = { idempotencyKey: newId() };
    const pending = await owners.stored({ subscriptionId: webhookId, status: 'pending' });
    const retry = () => owners.retry({ caller: shop, deliveryId: pending, ...given });
    expect(codeIn(await retry())).toBe('DELIVERY_PENDING');
    await owners.transact((tx) =>
      tx.run(`UPDATE deliveries SET status = 'dead', finished_at = 1 WHERE id = ?`, [pending]),
    );
    expect(codeIn(await retry())).toBe('accepted');
  });

  it('the answer comes before the condition, which the first request has made false', async () => {
    const request = { caller: shop, webhookId, ifVersion: 1, idempotencyKey: newId() };
    const first = valueIn(await owners.rotate(request));
    expect(await owners.rotate(request)).toEqual({ ok: true, value: first, replayed: true });
  });

  it('the same message again is the first request, and no repeat', async () => {
    const [request, messageId] = [{ caller: shop, webhookId, idempotencyKey: newId() }, newId()];
    const first = await owners.rotate(request, messageId);
    expect(await owners.rotate(request, messageId)).toEqual(first);
  });

  it('no table holds in clear the secret that a repeat of a rotation shows', async () => {
    const { secret } = valueIn(await owners.rotate({ caller: shop, webhookId, idempotencyKey: newId() }));
    for (const table of ['subscriptions', 'idempotency_keys', 'audit']) {
      expect(JSON.stringify(await owners.rows(`SELECT * FROM ${table}`))).not.toContain(secret.slice(6));
    }
  });

  describe('a test', () => {
    const request = (idempotencyKey: string) => ({ caller: operator, webhookId, idempotencyKey });
    const send = (key: string) => owners.sendTestEvent.execute(request(key), anOrigin());

    it('has no answer to repeat while it is under way', async () => {
      const { promise, resolve } = gate();
      let sent = 0;
      owners.answerOnce = async () => {
        sent += 1;
        await promise;
        return answered(200);
      };
      const key = newId();
      const first = send(key);
      await waitUntil('it is being sent', () => sent === 1);
      expect(codeIn(await send(key))).toBe('IDEMPOTENCY_KEY_IN_USE');
      resolve();
      expect(textOf(await first)).toBe(textOf(await send(key)));
      expect(sent).toBe(1);
    });

    it('whose sender was killed is answered with what came of it when the dispatcher sent it', async () => {
      owners.answerOnce = () => Promise.reject(new Error('killed'));
      const key = newId();
      await expect(send(key)).rejects.toThrow('killed');
      expect(codeIn(await send(key))).toBe('IDEMPOTENCY_KEY_IN_USE');
      const [left] = await owners.rows<{ id: string; subject: string; lease: string }>(
        `SELECT id, subject, lease FROM deliveries WHERE subscription_id = ? AND event_type = 'webhook.test'`,
        [webhookId],
      );
      if (!left) throw new Error('it is not there');
      const { id, subject, lease } = left;
      const attempt = { deliveryId: id, subscriptionId: webhookId, subject, lease, outcome: answered(500) };
      await owners.transact((tx) =>
        owners.deliveries.record(tx, { ...attempt, fate: { status: 'failed' } }, Date.now()),
      );
      const reply = await send(key);
      expect(reply).toMatchObject({
        ...{ replayed: true, value: { delivery: { id, status: 'failed' }, attempt: { number: 1, status: 500 } } },
      });
      expect(textOf(await send(key))).toBe(textOf(reply));
    });
  });
});

function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
