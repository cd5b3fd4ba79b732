import { newId, type WebhookCreated, webhookWithSecretSchema } from '@holdfast/contracts';
import { dialects } from '@holdfast/testing';
import { MAX_SUBSCRIPTIONS } from '../src/app/create-subscription.js';
import { SqlSubscriptionDirectory } from '../src/outbound/sql-subscription.directory.js';
import { aCreateWebhook, codeIn, operator, other, shop, valueIn } from './owner.builders.js';
import { Owners } from './owners.harness.js';

describe.each(dialects)('subscribing on %s', (dialect) => {
  let owners: Owners;

  beforeAll(async () => {
    owners = await Owners.open(dialect);
  });
  afterAll(() => owners.close());

  it('answers with the subscription and its secret, which nothing shows again and no table holds in clear', async () => {
    const id = newId();
    const { webhook, replayed } = valueIn(await owners.create(aCreateWebhook({ idempotencyKey: newId() }), id));
    expect(webhookWithSecretSchema.parse(webhook)).toEqual(webhook);
    expect({ id: webhook.id, replayed }).toEqual({ id, replayed: false });
    const { secret, ...view } = webhook;
    expect(await owners.shown(id)).toEqual(view);
    for (const table of ['subscriptions', 'idempotency_keys', 'audit']) {
      expect(JSON.stringify(await owners.rows(`SELECT * FROM ${table}`))).not.toContain(secret.slice(6));
    }
  });

  it('notes who did it, with the URL as far as it is no secret', async () => {
    const { id } = await owners.subscribed({ url: 'https://u.example.com/path?token=t0ps3cret', enabled: false });
    expect(await owners.actsOn(id)).toEqual([
      {
        ...{ action: 'create', clientId: 'shop' },
        detail: { url: 'https://u.example.com/path', eventTypes: ['order.*'], enabled: false },
      },
    ]);
  });

  it('by the same message again gives the same answer and stores nothing twice', async () => {
    const messageId = newId();
    const first = await owners.create(aCreateWebhook(), messageId);
    const again = await Promise.all([1, 2, 3].map(() => owners.create(aCreateWebhook(), messageId)));
    expect(again).toEqual([first, first, first]);
    expect(await owners.actsOn(messageId)).toHaveLength(1);
  });

  it('by the same message many times at once is one subscription with one secret', async () => {
    const messageId = newId();
    const request = aCreateWebhook({ idempotencyKey: newId() });
    const replies = await Promise.all(Array.from({ length: 10 }, () => owners.create(request, messageId)));
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
  });

  it('by the message of one that is deleted since does not bring it back', async () => {
    const { id } = await owners.subscribed();
    await owners.delete({ caller: shop, webhookId: id });
    expect(codeIn(await owners.create(aCreateWebhook(), id))).toBe('WEBHOOK_NOT_FOUND');
  });

  it("by another client's message id is refused, and shows nothing", async () => {
    const { id } = await owners.subscribed();
    const reply = await owners.create(aCreateWebhook({ caller: other }), id);
    expect(codeIn(reply)).toBe('WEBHOOK_NOT_FOUND');
  });

  it('tells the directory', async () => {
    const directory = new SqlSubscriptionDirectory();
    const caller = { role: 'client' as const, clientId: `c-${newId()}` };
    const receivers = () => owners.transact((tx) => directory.receiversOf(tx, 'order.created', caller.clientId));
    const before = (await receivers()).length;
    const { id: webhookId } = await owners.subscribed({ caller });
    expect(await receivers()).toHaveLength(before + 1);
    await owners.update({ caller, webhookId, changes: { eventTypes: ['order.confirmed'] } });
    expect(await receivers()).toHaveLength(before);
    await owners.update({ caller, webhookId, changes: { eventTypes: ['*'] } });
    expect(await receivers()).toHaveLength(before + 1);
    await owners.delete({ caller, webhookId });
    expect(await receivers()).toHaveLength(before);
  });

  it('is one of the receivers in the order of their ids, whoever they are: two transactions that concern the same wait for each other in one order', async () => {
    const directory = new SqlSubscriptionDirectory();
    const caller = { role: 'client' as const, clientId: `c-${newId()}` };
    await owners.subscribed({ caller });
    await owners.subscribed({ caller: operator });
    await owners.subscribed({ caller });
    const receivers = await owners.transact((tx) => directory.receiversOf(tx, 'order.created', caller.clientId));
    const ids = receivers.map(({ id }) => id);
    expect(ids.length).toBeGreaterThanOrEqual(3);
    expect(ids).toEqual([...ids].sort());
  });

  describe('with an idempotency key', () => {
    const keyed = () => aCreateWebhook({ idempotencyKey: newId() });

    it('gives the stored answer byte for byte, whatever has become of the subscription', async () => {
      const request = keyed();
      const first = valueIn(await owners.create(request));
      const ref = { caller: shop, webhookId: first.webhook.id };
      await owners.update({ ...ref, changes: { description: 'other' } });
      await owners.rotate({ ...ref, overlapSeconds: 0 });
      await owners.disable(ref);
      const again = valueIn(await owners.create(request));
      expect(JSON.stringify(again)).toBe(JSON.stringify({ ...first, replayed: true }));
    });

    it('gives the stored answer also when the subscription is deleted since, and does not bring it back', async () => {
      const [request, messageId] = [keyed(), newId()];
      const first = valueIn(await owners.create(request, messageId));
      await owners.delete({ caller: shop, webhookId: first.webhook.id });
      expect(valueIn(await owners.create(request))).toEqual({ ...first, replayed: true });
      expect(valueIn(await owners.create(request, messageId))).toEqual(first);
      expect(codeIn(await owners.show.execute({ caller: operator, webhookId: first.webhook.id }))).toBe(
        'WEBHOOK_NOT_FOUND',
      );
      expect(codeIn(await owners.create({ ...request, url: 'https://b.test/' }))).toBe('IDEMPOTENCY_KEY_REUSED');
    });

    it('answers the redelivered first request as the first', async () => {
      const [request, messageId] = [keyed(), newId()];
      const first = await owners.create(request, messageId);
      expect(await owners.create(request, messageId)).toEqual(first);
      expect(valueIn(first).replayed).toBe(false);
    });

    it('refuses another request under the same key, and takes the same key of another client', async () => {
      const request = keyed();
      const first = valueIn(await owners.create(request));
      expect(codeIn(await owners.create({ ...request, url: 'https://b.test/' }))).toBe('IDEMPOTENCY_KEY_REUSED');
      const theirs = valueIn(await owners.create({ ...request, caller: other }));
      expect(theirs.replayed).toBe(false);
      expect(theirs.webhook.id).not.toBe(first.webhook.id);
    });

    it('makes one of many at once', async () => {
      const request = keyed();
      const replies = await Promise.all(Array.from({ length: 10 }, () => owners.create(request)));
      const answers = replies.map((reply): WebhookCreated => valueIn(reply));
      expect(new Set(answers.map(({ webhook }) => JSON.stringify(webhook))).size).toBe(1);
      expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    });

    it('does not keep a refusal', async () => {
      const request = keyed();
      expect(codeIn(await owners.create({ ...request, url: 'http://127.0.0.1/' }))).toBe('URL_NOT_ALLOWED');
      expect(codeIn(await owners.create(request))).toBe('accepted');
    });
  });

  describe('is refused', () => {
    it('for a URL that callbacks may not go to', async () => {
      expect(await owners.create(aCreateWebhook({ url: 'http://127.0.0.1/' }))).toEqual({
        ok: false,
        error: { code: 'URL_NOT_ALLOWED', detail: '127.0.0.1 is not a public host.' },
      });
    });

    it('to a client for what only operators are told', async () => {
      const request = aCreateWebhook({ eventTypes: ['order.*', 'product.stockLow'] });
      expect(codeIn(await owners.create(request))).toBe('FORBIDDEN');
      expect(codeIn(await owners.create({ ...request, caller: operator }))).toBe('accepted');
    });

    it('above the limit of a client, also when many come at once, and not because of deleted ones', async () => {
      const caller = { role: 'client' as const, clientId: `c-${newId()}` };
      const request = aCreateWebhook({ caller });
      const ids = Array.from({ length: MAX_SUBSCRIPTIONS + 5 }, newId);
      const replies = await Promise.all(ids.map((id) => owners.create(request, id)));
      const created = ids.filter((_, index) => replies[index]?.ok);
      expect(created).toHaveLength(MAX_SUBSCRIPTIONS);
      expect(new Set(replies.map(codeIn))).toEqual(new Set(['accepted', 'WEBHOOK_LIMIT_REACHED']));

      const [webhookId = ''] = created;
      expect(await owners.create(request, webhookId)).toEqual(replies[ids.indexOf(webhookId)]);
      expect(codeIn(await owners.create(request))).toBe('WEBHOOK_LIMIT_REACHED');
      await owners.delete({ caller, webhookId });
      expect(codeIn(await owners.create(request))).toBe('accepted');
    });
  });
});
