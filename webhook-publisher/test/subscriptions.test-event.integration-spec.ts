import { type Caller, newId, webhookTestResultSchema, webhookTestSchema } from '@holdfast/contracts';
import { dialects, waitUntil } from '@holdfast/testing';
import { type AttemptOutcome } from '../src/app/ports.js';
import { anOrigin, answered, codeIn, operator, other, shop, valueIn } from './owner.builders.js';
import { Owners } from './owners.harness.js';

describe.each(dialects)('a test event on %s', (dialect) => {
  let owners: Owners;
  let webhookId: string;

  beforeAll(async () => {
    owners = await Owners.open(dialect);
  });
  afterAll(() => owners.close());
  beforeEach(async () => {
    webhookId = (await owners.subscribed()).id;
    owners.answerOnce = async () => answered(204);
  });

  const test = (id = webhookId, caller = shop) => owners.sendTestEvent.execute({ caller, webhookId: id }, anOrigin());

  const refusedConnection: AttemptOutcome = {
    ...{ kind: 'failed', error: 'CONNECTION_REFUSED', detail: 'Nobody listens there.', at: Date.now(), durationMs: 1 },
  };

  it('is sent, stored and answered with its attempt', async () => {
    const result = valueIn(await test());
    expect(webhookTestResultSchema.parse(result)).toEqual(result);
    expect(result).toMatchObject({
      delivery: {
        webhookId,
        eventType: 'webhook.test',
        subject: `webhook/${webhookId}`,
        status: 'delivered',
        sequence: 1,
      },
      attempt: { number: 1, status: 204, error: null, answer: 'thanks' },
    });
    const shown = await owners.showDelivery.execute({ caller: shop, deliveryId: result.delivery.id });
    const { data, attempts, ...view } = valueIn(shown);
    expect(view).toEqual(result.delivery);
    expect(attempts).toEqual([result.attempt]);
    expect(webhookTestSchema.parse(data)).toMatchObject({ webhookId, clientId: 'shop' });
    expect((await owners.actsOn(webhookId)).at(-1)).toMatchObject({
      ...{ action: 'test', detail: { deliveryId: result.delivery.id } },
    });
  });

  it.each([
    ['an error', answered(500), { status: 500, error: null }],
    ['a redirect', answered(302), { status: 302, error: null }],
    ['no answer', refusedConnection, { status: null, error: 'CONNECTION_REFUSED', detail: 'Nobody listens there.' }],
  ])('that meets %s has failed and is not tried again', async (_name, outcome, attempt) => {
    owners.answerOnce = async () => outcome;
    const result = valueIn(await test());
    expect(result).toMatchObject({ delivery: { status: 'failed', nextAttemptAt: null }, attempt });
    const terms = { now: Date.now() + 3_600_000, until: Date.now() + 3_700_000, limit: 5, lease: 'l' };
    const grant = await owners.transact((tx) => owners.deliveries.lease(tx, webhookId, terms));
    expect(grant?.deliveries).toEqual([]);
  });

  it('reaches a disabled subscription too', async () => {
    await owners.disable({ caller: shop, webhookId });
    expect(valueIn(await test()).delivery.status).toBe('delivered');
    expect((await owners.shown(webhookId)).enabled).toBe(false);
  });

  it('is left alone by the dispatcher while it is sent, and comes after what there was to tell', async () => {
    const subject = `webhook/${webhookId}`;
    await owners.stored({ subscriptionId: webhookId, subject, eventType: 'webhook.disabled', status: 'pending' });
    const leases: (string[] | undefined)[] = [];
    owners.answerOnce = async () => {
      const terms = { now: Date.now() + 1_000, until: Date.now() + 2_000, limit: 5, lease: 'l' };
      const grant = await owners.transact((tx) => owners.deliveries.lease(tx, webhookId, terms));
      leases.push(grant?.deliveries.map(({ type }) => type));
      return answered(200);
    };
    expect(valueIn(await test()).delivery).toMatchObject({ sequence: 2, previousEventId: expect.any(String) });
    expect(leases).toEqual([['webhook.disabled']]);
    const [turns] = await owners.rows<object>('SELECT unfinished, pending FROM subjects WHERE subject = ?', [subject]);
    expect(turns).toEqual({ unfinished: 1, pending: 1 });
  });

  it('gives what waited behind it its turn, and wakes the dispatcher', async () => {
    const subject = `webhook/${webhookId}`;
    let waiting = '';
    owners.answerOnce = async () => {
      waiting = await owners.stored({ subscriptionId: webhookId, subject, status: 'waiting' });
      return answered(200);
    };
    valueIn(await test());
    expect(await owners.statusOf(waiting)).toBe('pending');
    expect(owners.woken).toEqual(expect.arrayContaining([webhookId]));
  });

  it('is leased for longer than the deadline of its attempt', async () => {
    let leases: unknown[] = [];
    owners.answerOnce = async () => {
      const sql = 'SELECT due_at - created_at AS ms FROM deliveries WHERE subscription_id = ?';
      leases = await owners.rows(sql, [webhookId]);
      return answered(200);
    };
    valueIn(await test());
    expect(leases).toEqual([{ ms: 45_000 }]);
  });

  it('is one at a time for a subscription, and five for a caller, whatever others test', async () => {
    const { ids, sent, resolve } = await sending(6, operator);
    const underWay = ids.slice(0, 5).map((id) => test(id, operator));
    await waitUntil('five are being sent', () => sent() === 5);
    const [first = '', last = ''] = [ids[0], ids.at(-1)];
    expect(codeIn(await test(first, operator))).toBe('OVERLOADED');
    expect(codeIn(await test(last, operator))).toBe('OVERLOADED');
    const own = test();
    await waitUntil('another caller is not kept waiting', () => sent() === 6);
    resolve();
    expect((await Promise.all([...underWay, own])).map(codeIn)).toEqual(Array(6).fill('accepted'));
    expect(codeIn(await test(last, operator))).toBe('accepted');
  });

  it('is one of twenty in all', async () => {
    const callers = ['a', 'b', 'c', 'd'].map((clientId) => ({ ...operator, clientId }));
    const { ids, sent, resolve } = await sending(5, operator);
    const underWay = callers.flatMap((caller) => ids.map((id) => test(id, caller)));
    await waitUntil('twenty are being sent', () => sent() === 20);
    expect(codeIn(await test())).toBe('OVERLOADED');
    resolve();
    expect((await Promise.all(underWay)).map(codeIn)).toEqual(Array(20).fill('accepted'));
    expect(codeIn(await test())).toBe('accepted');
  });

  /** Subscriptions of a caller, and an endpoint that answers when it is let. */
  async function sending(count: number, caller: Caller) {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) ids.push((await owners.subscribed({ caller })).id);
    const { promise, resolve } = gate();
    let sent = 0;
    owners.answerOnce = async () => {
      sent += 1;
      await promise;
      return answered(200);
    };
    return { ids, sent: () => sent, resolve };
  }

  it("of somebody else's subscription is refused as of none, also while its owner tests it", async () => {
    const { promise, resolve } = gate();
    owners.answerOnce = async () => {
      await promise;
      return answered(200);
    };
    const own = test();
    expect(codeIn(await test(webhookId, other))).toBe('WEBHOOK_NOT_FOUND');
    expect(codeIn(await test(newId(), other))).toBe('WEBHOOK_NOT_FOUND');
    resolve();
    expect(codeIn(await own)).toBe('accepted');
  });

  it('can be sent again after one that broke', async () => {
    owners.answerOnce = () => Promise.reject(new Error('no key'));
    await expect(test()).rejects.toThrow('no key');
    owners.answerOnce = async () => answered(200);
    expect(codeIn(await test())).toBe('accepted');
  });
});

function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
