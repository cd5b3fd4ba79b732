import {
  type CancelOrder,
  messages,
  newId,
  type OrderView,
  orderCancelledSchema,
  orderViewSchema,
  type Reply,
  releaseStockSchema,
  type StockReleased,
} from '@holdfast/contracts';
import {
  type AmqpProbe,
  aCreateOrder,
  aSoldLine,
  aStockRefused,
  aStockReserved,
  contractExample,
  dialects,
  type SeenMessage,
  waitUntil,
} from '@holdfast/testing';
import { RunningService } from './orders-service.harness.js';

describe.each(dialects)('orders on %s', (dialect) => {
  let probe: AmqpProbe;
  let orders: RunningService;
  /** Everything that the service publishes, as it comes. */
  let commands: SeenMessage[];
  let events: SeenMessage[];

  beforeAll(async () => {
    orders = await RunningService.start(dialect);
    probe = orders.probe;
    commands = await orders.commands();
    events = await orders.events();
  });
  afterAll(() => orders.stop());

  const SHOP = { role: 'client', clientId: 'shop' } as const;

  async function placed(): Promise<string> {
    const reply = await orders.place(aCreateOrder(), newId());
    if (!reply.ok) throw new Error(`refused: ${reply.error.code}`);
    return reply.value.order.id;
  }

  async function decided(outcome: Parameters<typeof answerStock>[0]): Promise<string> {
    await answerStock(outcome);
    await orders.decided(outcome.orderId);
    return outcome.orderId;
  }

  const confirmed = async (): Promise<string> => {
    const orderId = await placed();
    return decided(aStockReserved({ orderId }));
  };

  const cancel = (orderId: string, given: Partial<CancelOrder> = {}, messageId = newId()): Promise<Reply<OrderView>> =>
    orders.cancel({ caller: SHOP, orderId, ...given }, messageId);

  const publish = (pattern: 'product.stockReserved' | 'product.stockReleased', data: object, messageId = newId()) =>
    probe.publish(pattern, { pattern, data }, { exchange: 'events', messageId });

  const answerStock = (outcome: ReturnType<typeof aStockReserved> | ReturnType<typeof aStockRefused>) =>
    publish('product.stockReserved', outcome);

  const aRelease = (orderId: string): StockReleased => ({
    ...{ orderId, clientId: 'shop', idempotencyKey: orderId, items: [] },
    releasedAt: '2026-01-05T09:30:00.000Z',
  });

  const about = (published: SeenMessage[], orderId: string, pattern: string): SeenMessage[] =>
    published.filter(({ body }) => {
      const message = body as { pattern: string; data: { orderId: string } };
      return message.data.orderId === orderId && message.pattern === pattern;
    });

  const dataOf = (message: SeenMessage | undefined): unknown => (message?.body as { data: unknown } | undefined)?.data;

  const typesOf = async (orderId: string) => (await orders.eventsOf(orderId)).map(({ type }) => type);

  const isReleased = (orderId: string) =>
    waitUntil('its stock is known to be given back', () => orders.stockIsReleased(orderId));

  /** Messages of a queue are taken in order: what was sent before an order that is decided is handled. */
  const everythingIsHandled = async () => void (await confirmed());

  describe('cancelling an order', () => {
    it('that is CONFIRMED gives its stock back and says so, under the id of the order', async () => {
      const orderId = await placed();
      const items = [aSoldLine()];
      await decided(aStockReserved({ orderId, items }));
      const requestId = newId();
      const reply = await cancel(orderId, { ifVersion: 2 }, requestId);
      expect(reply).toMatchObject({ ok: true, value: { id: orderId, status: 'CANCELLED', version: 3, items } });
      expect(reply.ok && orderViewSchema.parse(reply.value)).toEqual(reply.ok && reply.value);
      expect(await orders.get(orderId)).toEqual(reply);

      await waitUntil('its stock is asked for', () => about(commands, orderId, 'product.releaseStock').length === 1);
      await waitUntil('it is known', () => about(events, orderId, 'order.cancelled').length === 1);
      const [command] = about(commands, orderId, 'product.releaseStock');
      expect(releaseStockSchema.parse(dataOf(command))).toEqual({ orderId, clientId: 'shop', idempotencyKey: orderId });
      const [event] = about(events, orderId, 'order.cancelled');
      expect(orderCancelledSchema.parse(dataOf(event))).toEqual(dataOf(event));
      expect(dataOf(event)).toMatchObject({
        previousStatus: 'CONFIRMED',
        items: [{ productId: items[0]?.productId, quantity: 2 }],
        total: { amount: 2_500, currency: 'EUR' },
      });
      for (const message of [command, event]) {
        expect(message).toMatchObject({ correlationId: orderId, headers: { 'x-causation-id': requestId } });
      }
    });

    it('that is PENDING gives back what it will have been given, and leaves the order without prices', async () => {
      const orderId = await placed();
      expect(await cancel(orderId)).toMatchObject({
        ok: true,
        value: { status: 'CANCELLED', version: 2, total: null },
      });
      expect(await typesOf(orderId)).toEqual([
        'order.created',
        'product.reserveStock',
        'order.cancelled',
        'product.releaseStock',
      ]);
      await waitUntil('it is known', () => about(events, orderId, 'order.cancelled').length === 1);
      expect(dataOf(about(events, orderId, 'order.cancelled')[0])).toMatchObject({
        previousStatus: 'PENDING',
        total: null,
      });
    });

    it('that is REJECTED is refused', async () => {
      const orderId = await placed();
      await decided(aStockRefused({ orderId }));
      expect(await cancel(orderId)).toMatchObject({ ok: false, error: { code: 'ORDER_NOT_CANCELLABLE' } });
      expect(await orders.get(orderId)).toMatchObject({ value: { status: 'REJECTED', version: 2 } });
    });

    it("is for its client and for operators; another client's is as absent as one that never was", async () => {
      const orderId = await placed();
      const absent = { ok: false, error: { code: 'ORDER_NOT_FOUND', detail: `There is no order ${orderId}.` } };
      expect(await cancel(orderId, { caller: { role: 'client', clientId: 'other' } })).toEqual(absent);
      expect(await cancel(newId())).toMatchObject({ error: { code: 'ORDER_NOT_FOUND' } });
      expect(await orders.get(orderId)).toMatchObject({ value: { status: 'PENDING' } });
      const asOperator = { caller: { role: 'operator', clientId: 'ops' } } as const;
      expect(await cancel(orderId, asOperator)).toMatchObject({ ok: true, value: { status: 'CANCELLED' } });
    });

    it('of a version that is not the current one is refused, and nothing is changed', async () => {
      const orderId = await confirmed();
      expect(await cancel(orderId, { ifVersion: 1 })).toMatchObject({ error: { code: 'VERSION_MISMATCH' } });
      expect(await orders.get(orderId)).toMatchObject({ value: { status: 'CONFIRMED', version: 2 } });
      expect(await typesOf(orderId)).not.toContain('product.releaseStock');
    });

    it('a second time answers with the order as it is and asks for nothing twice', async () => {
      const orderId = await confirmed();
      const first = await cancel(orderId);
      expect(await cancel(orderId)).toEqual(first);
      for (const ifVersion of [1, 2, 3]) expect(await cancel(orderId, { ifVersion })).toEqual(first);
      expect((await typesOf(orderId)).filter((type) => type === 'product.releaseStock')).toHaveLength(1);
    });

    it('by the same message again is answered again, with the version that it named', async () => {
      const orderId = await confirmed();
      const messageId = newId();
      const first = await cancel(orderId, { ifVersion: 2 }, messageId);
      expect(first).toMatchObject({ ok: true });
      const repeats = await Promise.all([1, 2, 3].map(() => cancel(orderId, { ifVersion: 2 }, messageId)));
      expect(repeats).toEqual([first, first, first]);
    });

    it('by many at once happens once', async () => {
      const orderId = await confirmed();
      const replies = await Promise.all(Array.from({ length: 20 }, () => cancel(orderId)));
      expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
      expect(replies[0]).toMatchObject({ ok: true, value: { version: 3 } });
      expect(await typesOf(orderId)).toEqual([
        'order.created',
        'product.reserveStock',
        'order.confirmed',
        'order.cancelled',
        'product.releaseStock',
      ]);
    });

    it('by two who saw the same version happens once and answers both, as it answers one who has lost the answer', async () => {
      const orderId = await confirmed();
      const replies = await Promise.all([cancel(orderId, { ifVersion: 2 }), cancel(orderId, { ifVersion: 2 })]);
      expect(replies[0]).toMatchObject({ ok: true, value: { status: 'CANCELLED', version: 3 } });
      expect(replies[1]).toEqual(replies[0]);
      expect((await typesOf(orderId)).filter((type) => type === 'order.cancelled')).toHaveLength(1);
    });
  });

  describe('a cancelled order', () => {
    it.each([
      ['that its stock is reserved', (orderId: string) => aStockReserved({ orderId })],
      ['that there was too little', (orderId: string) => aStockRefused({ orderId })],
      ['that it came too late', (orderId: string) => aStockRefused({ orderId, reason: 'ORDER_CANCELLED' })],
    ])('stays so when it learns %s', async (_name, outcomeOf) => {
      const orderId = await placed();
      await cancel(orderId);
      await answerStock(outcomeOf(orderId));
      await everythingIsHandled();
      expect(await orders.get(orderId)).toMatchObject({ value: { status: 'CANCELLED', version: 2, total: null } });
      expect(await probe.depth('orders_queue.dlq')).toBe(0);
    });

    it('is cancelled once and confirmed at most once, whichever of both comes first', async () => {
      const ids = await Promise.all(Array.from({ length: 30 }, () => placed()));
      await Promise.all(
        ids.flatMap((orderId, index) => {
          const both = [() => answerStock(aStockReserved({ orderId })), () => cancel(orderId)];
          return (index % 2 === 0 ? both : both.reverse()).map((step) => step());
        }),
      );
      await everythingIsHandled();
      for (const orderId of ids) {
        expect(await orders.get(orderId)).toMatchObject({ value: { status: 'CANCELLED' } });
        const types = (await typesOf(orderId)).filter((type) => type !== 'order.confirmed');
        expect(types).toEqual(['order.created', 'product.reserveStock', 'order.cancelled', 'product.releaseStock']);
      }
      expect(await probe.depth('orders_queue.dlq')).toBe(0);
    });

    it('is asked for again until its stock is known to be given back, under the same message id', async () => {
      const orderId = await confirmed();
      await cancel(orderId);
      const releases = () => about(commands, orderId, 'product.releaseStock');
      await waitUntil('its stock is asked for', () => releases().length === 1);
      await orders.makeOverdue(orderId);
      await waitUntil('its stock is asked for again', () => releases().length === 2);
      const [first, again] = releases();
      expect(again).toMatchObject({
        messageId: first?.messageId,
        body: first?.body,
        headers: { 'x-republished': true },
      });
      expect(await orders.askAgainAt(orderId)).toBeGreaterThan(Date.now() + 50_000);

      const releaseId = newId();
      for (const id of [releaseId, releaseId, newId()]) await publish('product.stockReleased', aRelease(orderId), id);
      await isReleased(orderId);
      const other = await confirmed();
      await cancel(other);
      await orders.makeOverdue(orderId);
      await orders.makeOverdue(other);
      await waitUntil('another is asked for again', () => about(commands, other, 'product.releaseStock').length === 2);
      expect(releases()).toHaveLength(2);
    });

    it('is not asked for as one that stays PENDING', async () => {
      const [orderId, pending] = [await placed(), await placed()];
      await cancel(orderId);
      await publish('product.stockReleased', aRelease(orderId));
      await isReleased(orderId);
      for (const id of [orderId, pending]) await orders.makeOverdue(id);
      await waitUntil('the other is asked for', () => about(commands, pending, 'product.reserveStock').length === 2);
      expect(about(commands, orderId, 'product.reserveStock')).toHaveLength(1);
    });
  });

  describe('news of released stock', () => {
    it.each([
      ['an order that is not cancelled', confirmed, 'CONTRADICTION'],
      ['an order that nobody knows', async () => newId(), 'UNKNOWN_ORDER'],
    ])('of %s is looked at by somebody', async (_name, order, code) => {
      const orderId = await order();
      await publish('product.stockReleased', aRelease(orderId));
      expect((await probe.next('orders_queue.dlq')).headers).toMatchObject({
        'x-dead-letter-reason': 'handler-failed',
        'x-dead-letter-detail': expect.stringContaining(code),
      });
    });
  });

  describe('the examples of the contracts', () => {
    it('are taken as they are: orders.cancel, then product.stockReleased', async () => {
      const orderId = await confirmed();
      const { data } = contractExample('orders.cancel');
      expect(await cancel(orderId, { ...(data as CancelOrder), orderId })).toMatchObject({ ok: true });
      await publish('product.stockReleased', { ...contractExample('product.stockReleased').data, orderId });
      await isReleased(orderId);
    });
  });

  describe('everything that it published', () => {
    it('is what the contracts say', () => {
      expect(commands.length + events.length).toBeGreaterThan(0);
      for (const { body } of [...commands, ...events]) {
        const { pattern, data } = body as { pattern: keyof typeof messages; data: unknown };
        expect(messages[pattern].schema.parse(data)).toEqual(data);
      }
    });
  });
});
