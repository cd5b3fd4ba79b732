import { newId, webhookWithSecretSchema } from '@holdfast/contracts';
import { dialects } from '@holdfast/testing';
import { codeIn, operator, shop, valueIn } from './owner.builders.js';
import { Owners } from './owners.harness.js';

const DAY_MS = 86_400_000;

describe.each(dialects)('what keeps and ends a secret on %s', (dialect) => {
  let owners: Owners;

  beforeAll(async () => {
    owners = await Owners.open(dialect);
  });
  afterAll(() => owners.close());

  describe('rotating its secret', () => {
    const secretsOf = async (id: string) => {
      const found = await owners.transact((tx) => owners.subscriptions.find(tx, id));
      if (!found) throw new Error('it is gone');
      const open = (sealed: string | null) => sealed && owners.secretBox.open(sealed, id);
      return {
        current: open(found.secret),
        previous: open(found.previousSecret),
        overlapMs: found.previousSecretUntil && found.previousSecretUntil - found.updatedAt,
      };
    };

    it('gives a new one, and keeps the old one for a day', async () => {
      const { id, secret: old } = await owners.subscribed();
      const rotated = valueIn(await owners.rotate({ caller: shop, webhookId: id }));
      expect(webhookWithSecretSchema.parse(rotated)).toEqual(rotated);
      expect(rotated.secret).not.toBe(old);
      expect(await secretsOf(id)).toEqual({ current: rotated.secret, previous: old, overlapMs: DAY_MS });
      const { secret: _, ...view } = rotated;
      expect(await owners.shown(id)).toEqual(view);
    });

    it('twice drops the oldest', async () => {
      const { id } = await owners.subscribed();
      const second = valueIn(await owners.rotate({ caller: shop, webhookId: id, overlapSeconds: 60 }));
      const third = valueIn(await owners.rotate({ caller: shop, webhookId: id, overlapSeconds: 60 }));
      expect(await secretsOf(id)).toEqual({ current: third.secret, previous: second.secret, overlapMs: 60_000 });
    });

    it('without overlap drops the old one at once', async () => {
      const { id } = await owners.subscribed();
      const { secret } = valueIn(await owners.rotate({ caller: shop, webhookId: id, overlapSeconds: 0 }));
      expect(await secretsOf(id)).toEqual({ current: secret, previous: null, overlapMs: null });
    });

    it('by the same message again, also many at once, gives the same secret', async () => {
      const { id, secret: old } = await owners.subscribed();
      const messageId = newId();
      const replies = await Promise.all(
        Array.from({ length: 5 }, () => owners.rotate({ caller: shop, webhookId: id }, messageId)),
      );
      expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
      expect((await secretsOf(id)).previous).toBe(old);
    });

    it('by an old message again gives the secret of now', async () => {
      const { id } = await owners.subscribed();
      const messageId = newId();
      await owners.rotate({ caller: shop, webhookId: id }, messageId);
      const { secret } = valueIn(await owners.rotate({ caller: shop, webhookId: id }));
      expect(valueIn(await owners.rotate({ caller: shop, webhookId: id }, messageId)).secret).toBe(secret);
    });
  });

  describe('deleting it', () => {
    it('leaves nothing to see, no secret, and its history to those who prune', async () => {
      const { id } = await owners.subscribed();
      const delivery = await owners.stored({ subscriptionId: id });
      expect(valueIn(await owners.delete({ caller: shop, webhookId: id }))).toBeNull();
      expect(codeIn(await owners.show.execute({ caller: operator, webhookId: id }))).toBe('WEBHOOK_NOT_FOUND');
      expect(codeIn(await owners.showDelivery.execute({ caller: operator, deliveryId: delivery }))).toBe(
        'DELIVERY_NOT_FOUND',
      );
      const rows = await owners.rows<object>('SELECT secret, previous_secret FROM subscriptions WHERE id = ?', [id]);
      expect(rows).toEqual([{ secret: '', previous_secret: null }]);
    });

    it('by the same message again answers the same, by another one there is nothing', async () => {
      const { id: webhookId } = await owners.subscribed();
      const messageId = newId();
      for (const _ of [1, 2])
        expect(codeIn(await owners.delete({ caller: shop, webhookId }, messageId))).toBe('accepted');
      expect(codeIn(await owners.delete({ caller: shop, webhookId }))).toBe('WEBHOOK_NOT_FOUND');
    });
  });
});
