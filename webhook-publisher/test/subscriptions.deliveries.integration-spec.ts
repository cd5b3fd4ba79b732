import { deliveryDetailSchema, deliveryViewSchema, type ListDeliveries, newId } from '@holdfast/contracts';
import { dialects } from '@holdfast/testing';
import { MOST_SEEN } from '../src/outbound/sql-delivery.reader.js';
import { answered, codeIn, idAt, operator, other, shop, valueIn } from './owner.builders.js';
import { Owners } from './owners.harness.js';

const NOON = Date.parse('2026-01-05T12:00:00.000Z');

describe.each(dialects)('what owners see and retry of their deliveries on %s', (dialect) => {
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
    owners.stored({ subscriptionId: webhookId, ...given });

  async function listed(query: Partial<ListDeliveries> = {}): Promise<string[]> {
    const page = valueIn(await owners.listDeliveries.execute({ caller: shop, webhookId, limit: 100, ...query }));
    for (const view of page.data) expect(deliveryViewSchema.parse(view)).toEqual(view);
    return page.data.map(({ id }) => id);
  }

  describe('the list', () => {
    it('is of one subscription, newest first, page by page, whatever comes meanwhile', async () => {
      const ids: string[] = [];
      for (let at = 0; at < 7; at += 1) ids.unshift(await stored({ at: NOON + at }));
      await owners.stored({ subscriptionId: (await owners.subscribed()).id, at: NOON });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const query = { caller: shop, webhookId, limit: 3, ...(cursor !== undefined && { cursor }) };
        const page = valueIn(await owners.listDeliveries.execute(query));
        seen.push(...page.data.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
        await stored({ at: NOON + 100 + seen.length });
      } while (cursor !== undefined);
      expect(seen).toEqual(ids);
    });

    it('filters by status, where one that waits for its turn is pending', async () => {
      const byStatus = {
        pending: [await stored({ status: 'pending' }), await stored({ status: 'waiting' })],
        delivered: [await stored({ status: 'delivered' })],
        dead: [await stored({ status: 'dead' })],
        failed: [await stored({ status: 'failed', eventType: 'webhook.test' })],
      };
      for (const status of ['pending', 'delivered', 'dead', 'failed'] as const) {
        expect((await listed({ status })).sort()).toEqual([...byStatus[status]].sort());
      }
      expect(await listed()).toHaveLength(5);
    });

    it('filters by event type, also together with a status', async () => {
      const confirmed = await stored({ eventType: 'order.confirmed', status: 'dead' });
      await stored({ eventType: 'order.created', status: 'dead' });
      await stored({ eventType: 'order.confirmed' });
      expect(await listed({ eventType: 'order.confirmed' })).toHaveLength(2);
      expect(await listed({ eventType: 'order.confirmed', status: 'dead' })).toEqual([confirmed]);
    });

    it('filters by time, both ends included, and a cursor does not leave the range', async () => {
      const [before, from, to, after, last] = [
        await stored({ at: NOON - 1 }),
        await stored({ at: NOON }),
        await stored({ at: NOON + 5 }),
        await stored({ at: NOON + 6 }),
        await stored({ at: NOON + 7 }),
      ];
      const range = { from: new Date(NOON).toISOString(), to: new Date(NOON + 5).toISOString() };
      expect(await listed(range)).toEqual([to, from]);
      expect(await listed({ from: range.from })).toEqual([last, after, to, from]);
      expect(await listed({ to: range.to })).toEqual([to, from, before]);
      const { nextCursor } = valueIn(await owners.listDeliveries.execute({ caller: shop, webhookId, limit: 1 }));
      expect(nextCursor).not.toBeNull();
      expect(await listed({ ...range, ...(nextCursor !== null && { cursor: nextCursor }) })).toEqual([to, from]);
    });

    describe('of a long history', () => {
      const LONG = MOST_SEEN + 500;

      /** Deliveries of the past, newest last. */
      const history = (status: 'delivered' | 'pending') =>
        owners.transact(async (tx) => {
          for (let index = 0; index < LONG; index += 1) {
            const id = idAt(NOON + index);
            await tx.run(
              `INSERT INTO deliveries (id, subscription_id, event_id, event_type, subject, sequence, status, attempts,
                 tries, due_at, created_at, finished_at) VALUES (?, ?, ?, 'order.created', ?, 1, ?, 1, 0, ?, ?, ?)`,
              [id, webhookId, id, `order/${id}`, status, NOON, NOON, status === 'pending' ? null : NOON],
            );
          }
        });

      /** Page by page; how many pages that took. */
      async function everyPage(query: Partial<ListDeliveries>) {
        const ids: string[] = [];
        let pages = 0;
        for (let cursor: string | undefined | null; cursor !== null; pages += 1) {
          const request = { caller: shop, webhookId, limit: 100, ...query, ...(cursor !== undefined && { cursor }) };
          const page = valueIn(await owners.listDeliveries.execute(request));
          ids.push(...page.data.map(({ id }) => id));
          cursor = page.nextCursor;
        }
        return { ids, pages };
      }

      it('goes on page by page to what is rare, though a page finds nothing', async () => {
        const rare = await stored({ eventType: 'order.confirmed', at: NOON - 1 });
        await history('delivered');
        expect(await everyPage({ eventType: 'order.confirmed' })).toEqual({ ids: [rare], pages: 2 });
        expect(await everyPage({ eventType: 'order.confirmed', status: 'delivered' })).toEqual({
          ids: [rare],
          pages: 2,
        });
        expect((await everyPage({ eventType: 'order.created' })).ids).toHaveLength(LONG);
      });

      it('has at once what is open, dead or a failed test', async () => {
        const pending = [
          await stored({ status: 'pending', at: NOON - 3 }),
          await stored({ status: 'waiting', at: NOON - 4 }),
        ];
        const dead = [await stored({ status: 'dead', at: NOON - 2 })];
        const failed = [await stored({ status: 'failed', eventType: 'webhook.test', at: NOON - 1 })];
        await history('delivered');
        for (const [status, ids] of Object.entries({ pending, dead, failed })) {
          expect(await everyPage({ status: status as 'pending' })).toEqual({ ids, pages: 1 });
        }
      });

      it('walks through what is open where that is much', async () => {
        const rare = await stored({ status: 'pending', eventType: 'order.confirmed', at: NOON - 1 });
        await history('pending');
        expect((await everyPage({ status: 'pending' })).ids).toHaveLength(LONG + 1);
        expect(await everyPage({ status: 'pending', eventType: 'order.confirmed' })).toEqual({ ids: [rare], pages: 2 });
        expect(await everyPage({ status: 'dead' })).toEqual({ ids: [], pages: 1 });
      });
    });

    it('refuses a cursor that no page gave', async () => {
      const reply = await owners.listDeliveries.execute({ caller: shop, webhookId, limit: 1, cursor: 'MDE5YWJm' });
      expect(codeIn(reply)).toBe('VALIDATION_FAILED');
    });
  });

  describe('one delivery', () => {
    it('shows its attempts and what it says', async () => {
      const eventId = newId();
      await owners.transact(async (tx) => {
        const event = { id: eventId, type: 'order.created' as const, subject: 'order/7', owner: 'shop' };
        const rest = { data: '{"orderId":"7"}', correlationId: newId(), occurredAt: NOON };
        await owners.deliveries.prepare(tx, { ...event, ...rest }, [{ id: webhookId, ordering: 'none' }], Date.now());
        const now = Date.now();
        const grant = await owners.deliveries.lease(tx, webhookId, { now, until: now + 1_000, limit: 1, lease: 'l' });
        const [delivery] = grant?.deliveries ?? [];
        if (!delivery) throw new Error('nothing was leased');
        const attempt = { deliveryId: delivery.id, subscriptionId: webhookId, subject: delivery.subject, lease: 'l' };
        await owners.deliveries.record(tx, { ...attempt, outcome: answered(500), fate: { status: 'dead' } }, now);
      });
      const [deliveryId = ''] = await listed();
      const detail = valueIn(await owners.showDelivery.execute({ caller: shop, deliveryId }));
      expect(deliveryDetailSchema.parse(detail)).toEqual(detail);
      expect(detail).toMatchObject({
        ...{ webhookId, eventId, status: 'dead', attemptCount: 1, nextAttemptAt: null, data: { orderId: '7' } },
        attempts: [{ number: 1, status: 500, error: null, answer: 'thanks' }],
      });
    });

    it("is not there where it is somebody else's or nobody's", async () => {
      const deliveryId = await stored();
      for (const reply of [
        await owners.showDelivery.execute({ caller: other, deliveryId }),
        await owners.showDelivery.execute({ caller: shop, deliveryId: newId() }),
        await owners.retry({ caller: other, deliveryId }),
        await owners.retry({ caller: shop, deliveryId: newId() }),
      ]) {
        expect(codeIn(reply)).toBe('DELIVERY_NOT_FOUND');
      }
      expect(codeIn(await owners.showDelivery.execute({ caller: operator, deliveryId }))).toBe('accepted');
    });
  });

  describe('a retry', () => {
    it.each(['dead', 'delivered'] as const)('sends one that is %s again', async (status) => {
      const deliveryId = await stored({ status });
      const view = valueIn(await owners.retry({ caller: shop, deliveryId }));
      expect(view).toMatchObject({ id: deliveryId, webhookId, status: 'pending', finishedAt: null });
      expect(view.nextAttemptAt).not.toBeNull();
      expect((await owners.actsOn(webhookId)).at(-1)).toMatchObject({
        ...{ action: 'retry', clientId: 'shop', detail: { deliveryId, status } },
      });
    });

    it.each(['pending', 'waiting'] as const)('leaves one alone that is %s', async (status) => {
      const deliveryId = await stored({ status });
      expect(codeIn(await owners.retry({ caller: shop, deliveryId }))).toBe('DELIVERY_PENDING');
    });

    it.each(['failed', 'delivered'] as const)('does not send a test again that is %s', async (status) => {
      const deliveryId = await stored({ status, eventType: 'webhook.test' });
      expect(codeIn(await owners.retry({ caller: shop, deliveryId }))).toBe('VALIDATION_FAILED');
      expect(await owners.statusOf(deliveryId)).toBe(status);
    });

    it('for a disabled subscription is held', async () => {
      const deliveryId = await stored({ status: 'dead' });
      await owners.disable({ caller: shop, webhookId });
      expect(codeIn(await owners.retry({ caller: shop, deliveryId }))).toBe('accepted');
      const terms = { now: Date.now() + 1_000, until: Date.now() + 2_000, limit: 5, lease: 'l' };
      expect(await owners.transact((tx) => owners.deliveries.lease(tx, webhookId, terms))).toBeUndefined();
    });

    it('by the same message again does not send it another time', async () => {
      const deliveryId = await stored({ status: 'dead' });
      const messageId = newId();
      const { subject } = valueIn(await owners.retry({ caller: shop, deliveryId }, messageId));
      await owners.transact(async (tx) => {
        const finished = { subscriptionId: webhookId, subject, lease: 'l', deliveryId };
        await owners.deliveries.record(
          tx,
          { ...finished, outcome: answered(200), fate: { status: 'delivered' } },
          Date.now(),
        );
      });
      expect(valueIn(await owners.retry({ caller: shop, deliveryId }, messageId)).status).toBe('delivered');
    });
  });
});
