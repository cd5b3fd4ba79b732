import { newId, type WebhookSettings, webhookViewSchema } from '@holdfast/contracts';
import { dialects } from '@holdfast/testing';
import { codeIn, idAt, operator, shop, valueIn } from './owner.builders.js';
import { Owners } from './owners.harness.js';

const DAY_MS = 86_400_000;

describe.each(dialects)('what owners do with a subscription on %s', (dialect) => {
  let owners: Owners;

  beforeAll(async () => {
    owners = await Owners.open(dialect);
  });
  afterAll(() => owners.close());

  const change = async (webhookId: string, changes: Partial<WebhookSettings>, ifVersion?: number) =>
    owners.update({ caller: shop, webhookId, changes, ...(ifVersion !== undefined && { ifVersion }) });

  /** As the delivery engine notes it of an endpoint that fails and asks to be left alone. */
  const trouble = (webhookId: string) =>
    owners.transact((tx) =>
      tx.run('UPDATE subscriptions SET failing_since = 1000, held_until = 2000 WHERE id = ?', [webhookId]),
    );

  /** A delivery whose last attempt has failed. */
  const postponed = async (subscriptionId: string, lease: string | null = null) => {
    const id = await owners.stored({ subscriptionId, status: 'pending', at: Date.now() - DAY_MS });
    await owners.transact((tx) =>
      tx.run('UPDATE deliveries SET due_at = ?, tries = 1, lease = ? WHERE id = ?', [Date.now() + DAY_MS, lease, id]),
    );
    return id;
  };
  const dueSinceItArrived = async (id: string): Promise<boolean> => {
    const [row] = await owners.rows<{ dueAt: number; createdAt: number }>(
      'SELECT due_at AS "dueAt", created_at AS "createdAt" FROM deliveries WHERE id = ?',
      [id],
    );
    return row?.dueAt === row?.createdAt;
  };

  describe('changing it', () => {
    it('stores what is said, raises the version and answers with how it is now', async () => {
      const { id } = await owners.subscribed({ maxPerSecond: 5 });
      const changes = {
        ...{ url: 'https://b.example.com/', eventTypes: ['order.created' as const, 'order.created' as const] },
        ...{ description: 'B', ordering: 'none' as const, maxPerSecond: null },
      };
      const view = valueIn(await change(id, changes));
      expect(webhookViewSchema.parse(view)).toEqual(view);
      expect(view).toMatchObject({ ...changes, eventTypes: ['order.created'], version: 2, enabled: true });
      expect(await owners.shown(id)).toEqual(view);
    });

    it('to what it is already changes nothing', async () => {
      const { id, secret: _, ...view } = await owners.subscribed();
      const same = { url: view.url, eventTypes: view.eventTypes, enabled: true, description: '' };
      for (const changes of [{}, same]) expect(valueIn(await change(id, changes))).toEqual({ id, ...view });
    });

    it('takes only the version that the caller has seen', async () => {
      const { id } = await owners.subscribed();
      expect(valueIn(await change(id, { description: 'two' }, 1)).version).toBe(2);
      expect(codeIn(await change(id, { description: 'three' }, 1))).toBe('VERSION_MISMATCH');
      expect(await owners.shown(id)).toMatchObject({ description: 'two', version: 2 });
    });

    it('or what is sent to it takes only the version that the caller has seen', async () => {
      const { id: webhookId } = await owners.subscribed();
      const ref = { caller: shop, webhookId };
      valueIn(await owners.disable({ ...ref, ifVersion: 1 }));
      valueIn(await owners.rotate({ ...ref, ifVersion: 2 }));
      const late = { ...ref, ifVersion: 2 };
      for (const act of [owners.enable, owners.disable, owners.rotate, owners.delete]) {
        expect(codeIn(await act(late))).toBe('VERSION_MISMATCH');
      }
      expect(await owners.shown(webhookId)).toMatchObject({ enabled: false, version: 3 });
      expect(codeIn(await owners.delete({ ...ref, ifVersion: 3 }))).toBe('accepted');
    });

    it('under a condition that held is answered the same when its message comes again', async () => {
      const { id: webhookId } = await owners.subscribed();
      const [switched, deleted] = [newId(), newId()];
      for (const _ of [1, 2]) {
        const reply = await owners.disable({ caller: shop, webhookId, ifVersion: 1 }, switched);
        expect(valueIn(reply).version).toBe(2);
      }
      for (const _ of [1, 2]) {
        expect(codeIn(await owners.delete({ caller: shop, webhookId, ifVersion: 2 }, deleted))).toBe('accepted');
      }
    });

    it('of one version at once lets one of many through', async () => {
      const { id } = await owners.subscribed();
      const replies = await Promise.all([1, 2, 3, 4, 5].map((n) => change(id, { description: `${n}` }, 1)));
      expect(replies.map(codeIn).sort()).toEqual([...Array<string>(4).fill('VERSION_MISMATCH'), 'accepted']);
    });

    it('is refused like a new one where the URL or the event types may not be', async () => {
      const { id, version } = await owners.subscribed();
      expect(codeIn(await change(id, { url: 'http://127.0.0.1/' }))).toBe('URL_NOT_ALLOWED');
      expect(codeIn(await change(id, { eventTypes: ['product.stockLow'] }))).toBe('FORBIDDEN');
      const byOperator = { caller: operator, webhookId: id, changes: { eventTypes: ['product.stockLow' as const] } };
      expect(codeIn(await owners.update(byOperator))).toBe('FORBIDDEN');
      expect((await owners.shown(id)).version).toBe(version);
    });

    it('to a new URL forgets what the old one did and tries the new one at once', async () => {
      const { id } = await owners.subscribed();
      await trouble(id);
      const delivery = await postponed(id);
      const view = valueIn(await change(id, { url: 'https://b.example.com/' }));
      expect(view).toMatchObject({ failingSince: null, heldUntil: null });
      expect(await owners.shown(id)).toEqual(view);
      expect(await dueSinceItArrived(delivery)).toBe(true);
    });

    it('by the same message again does not undo what came after it', async () => {
      const { id } = await owners.subscribed();
      const messageId = newId();
      const command = { caller: shop, webhookId: id, changes: { description: 'first' }, ifVersion: 1 };
      valueIn(await owners.update(command, messageId));
      valueIn(await change(id, { description: 'second' }));
      expect(valueIn(await owners.update(command, messageId))).toMatchObject({ description: 'second', version: 3 });
      expect(await owners.actsOn(id)).toHaveLength(3);
    });
  });

  describe('enabling it', () => {
    it('forgets why it was not, and sends what was held since it arrived, except what is being sent', async () => {
      const { id } = await owners.subscribed({ enabled: false });
      await trouble(id);
      const [held, leased] = [await postponed(id), await postponed(id, 'a lease')];
      const stranger = await postponed((await owners.subscribed()).id);
      const view = valueIn(await owners.enable({ caller: shop, webhookId: id }));
      expect(view).toMatchObject({ enabled: true, disabledReason: null, failingSince: null, heldUntil: null });
      expect(await owners.shown(id)).toEqual(view);
      expect(await dueSinceItArrived(held)).toBe(true);
      expect(await dueSinceItArrived(leased)).toBe(false);
      expect(await dueSinceItArrived(stranger)).toBe(false);
    });

    it('sends much that was held oldest first, piece by piece, each once', async () => {
      const { id } = await owners.subscribed({ enabled: false });
      const [begun, later] = [Date.now() - DAY_MS, Date.now() + DAY_MS];
      // Pieces end among those of one millisecond.
      const ids = Array.from({ length: 1_100 }, (_, index) => idAt(begun + Math.floor(index / 7)));
      await owners.transact(async (tx) => {
        for (const [index, delivery] of ids.entries()) {
          await tx.run(
            `INSERT INTO deliveries (id, subscription_id, event_id, event_type, subject, sequence, status, attempts,
               tries, due_at, created_at) VALUES (?, ?, ?, 'order.created', ?, 1, 'pending', 1, 1, ?, ?)`,
            [delivery, id, delivery, `order/${delivery}`, later - index, begun + Math.floor(index / 7)],
          );
        }
      });
      const due = async () =>
        (
          await owners.rows<{ id: string }>(
            'SELECT id FROM deliveries WHERE subscription_id = ? AND due_at = created_at ORDER BY id',
            [id],
          )
        ).map((row) => row.id);
      const oldest = [...ids].sort();
      valueIn(await owners.enable({ caller: shop, webhookId: id }));
      expect(await due()).toEqual(oldest.slice(0, 500));
      // The first has failed again meanwhile; its pause is its own.
      await owners.transact((tx) => tx.run('UPDATE deliveries SET due_at = ? WHERE id = ?', [later, oldest[0] ?? '']));
      expect(await owners.releaseHeld.execute()).toEqual({ subscriptionId: id, deliveries: 500 });
      expect(await due()).toEqual(oldest.slice(1, 1_000));
      expect(await owners.releaseHeld.execute()).toEqual({ subscriptionId: id, deliveries: 100 });
      expect(await owners.releaseHeld.execute()).toBeUndefined();
      expect(await due()).toEqual(oldest.slice(1));
    });

    it('twice, or when it is enabled, changes nothing, not even when its retries are due', async () => {
      const { id, version } = await owners.subscribed();
      const delivery = await postponed(id);
      expect(valueIn(await owners.enable({ caller: shop, webhookId: id })).version).toBe(version);
      expect(await dueSinceItArrived(delivery)).toBe(false);
    });

    it('is the same by a change', async () => {
      const { id } = await owners.subscribed({ enabled: false });
      const delivery = await postponed(id);
      expect(valueIn(await change(id, { enabled: true }))).toMatchObject({ enabled: true, disabledReason: null });
      expect(await dueSinceItArrived(delivery)).toBe(true);
    });
  });

  describe('disabling it', () => {
    it('says who wanted it, once', async () => {
      const { id } = await owners.subscribed();
      const view = valueIn(await owners.disable({ caller: shop, webhookId: id }));
      expect(view).toMatchObject({ enabled: false, disabledReason: 'REQUESTED', version: 2 });
      expect(valueIn(await owners.disable({ caller: shop, webhookId: id }))).toEqual(view);
      expect(valueIn(await change(id, { enabled: false }))).toEqual(view);
    });

    it('by the same message again does not disable what is enabled since', async () => {
      const { id } = await owners.subscribed();
      const messageId = newId();
      await owners.disable({ caller: shop, webhookId: id }, messageId);
      await owners.enable({ caller: shop, webhookId: id });
      expect(valueIn(await owners.disable({ caller: shop, webhookId: id }, messageId)).enabled).toBe(true);
    });
  });
});
