import {
  type CreateOrder,
  messages,
  newId,
  type OrderPlaced,
  orderConfirmedSchema,
  orderCreatedSchema,
  orderRejectedSchema,
  orderViewSchema,
  type Reply,
  reserveStockSchema,
} from '@holdfast/contracts';
import {
  type AmqpProbe,
  aCreateOrder,
  aMessage,
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

  function orderIn(reply: Reply<OrderPlaced>): OrderPlaced['order'] {
    if (!reply.ok) throw new Error(`refused: ${reply.error.code}`);
    return reply.value.order;
  }

  async function placed(request: CreateOrder = aCreateOrder(), messageId = newId()): Promise<OrderPlaced['order']> {
    return orderIn(await orders.place(request, messageId));
  }

  const about = (published: SeenMessage[], orderId: string): SeenMessage[] =>
    published.filter(({ body }) => (body as { data: { orderId: string } }).data.orderId === orderId);

  const dataOf = (message: SeenMessage | undefined): unknown => (message?.body as { data: unknown } | undefined)?.data;

  const answerStock = (
    outcome: ReturnType<typeof aStockReserved> | ReturnType<typeof aStockRefused>,
    messageId = newId(),
  ) =>
    probe.publish('product.stockReserved', aMessage('product.stockReserved', outcome), {
      exchange: 'events',
      messageId,
    });

  describe('placing an order', () => {
    it('stores it as PENDING, answers with it, asks for its stock and says that it was created', async () => {
      const requestId = newId();
      const items = [
        { productId: 'mug', quantity: 2 },
        { productId: newId(), quantity: 1_000_000 },
        { productId: 'mug', quantity: 1 },
      ];
      const order = await placed(aCreateOrder({ items, reference: 'R-1 ü' }), requestId);
      expect(orderViewSchema.parse(order)).toEqual(order);
      expect(order).toMatchObject({ id: requestId, status: 'PENDING', reference: 'R-1 ü', total: null, version: 1 });
      expect(order.items.map(({ productId, quantity }) => ({ productId, quantity }))).toEqual(items);

      await waitUntil('its stock is asked for', () => about(commands, order.id).length === 1);
      await waitUntil('its creation is known', () => about(events, order.id).length === 1);
      const [command] = about(commands, order.id);
      expect(reserveStockSchema.parse(dataOf(command))).toEqual({
        orderId: order.id,
        clientId: 'shop',
        idempotencyKey: order.id,
        items,
      });
      expect(command).toMatchObject({ correlationId: requestId, headers: { 'x-causation-id': requestId } });
      const created = dataOf(about(events, order.id)[0]);
      expect(orderCreatedSchema.parse(created)).toEqual(created);
      expect(await orders.get(order.id)).toEqual({ ok: true, value: order });
    });

    it('takes every line that an order may have', async () => {
      const items = Array.from({ length: 100 }, (_, index) => ({ productId: `p-${index}`, quantity: index + 1 }));
      const order = await placed(aCreateOrder({ items }));
      expect((await orders.get(order.id)) as object).toMatchObject({
        value: { items: items.map((item) => expect.objectContaining(item)) },
      });
    });

    it('by the same message again gives the same order and asks for nothing twice', async () => {
      const messageId = newId();
      const first = await orders.place(aCreateOrder(), messageId);
      const again = await Promise.all([1, 2, 3].map(() => orders.place(aCreateOrder(), messageId)));
      expect(again).toEqual([first, first, first]);
      expect(await orders.eventsOf(messageId)).toHaveLength(2);
    });

    it('by the same message many times at once stores one order', async () => {
      const messageId = newId();
      const before = await orders.orderCount();
      const request = aCreateOrder({ idempotencyKey: newId() });
      await Promise.all(Array.from({ length: 20 }, () => orders.place(request, messageId)));
      expect(await orders.orderCount()).toBe(before + 1);
      expect(await orders.eventsOf(messageId)).toHaveLength(2);
    });

    it('published by hand, without ids and without anyone who waits, is one order however often it is delivered', async () => {
      const before = await orders.orderCount();
      const byHand = aMessage('orders.create', aCreateOrder({ reference: newId() }));
      for (let time = 0; time < 3; time += 1) await probe.publish('orders_queue', byHand);
      await placed();
      await waitUntil('both are stored', async () => (await orders.orderCount()) >= before + 2);
      await placed();
      expect(await orders.orderCount()).toBe(before + 3);
    });

    describe('with an idempotency key', () => {
      it('gives the stored answer to the same request, as it was then', async () => {
        const request = aCreateOrder({ idempotencyKey: `k-${newId()}`, reference: 'R-1' });
        const order = await placed(request);
        await answerStock(aStockReserved({ orderId: order.id }));
        await orders.decided(order.id);
        expect(await orders.place(request, newId())).toEqual({ ok: true, value: { order, replayed: true } });
        expect(await orders.eventsOf(order.id)).toHaveLength(3);
      });

      it('answers the redelivered first request as the first', async () => {
        const request = aCreateOrder({ idempotencyKey: `k-${newId()}` });
        const messageId = newId();
        const first = await orders.place(request, messageId);
        expect(await orders.place(request, messageId)).toEqual(first);
        expect(first).toMatchObject({ value: { replayed: false } });
      });

      it.each<[string, Partial<CreateOrder>]>([
        ['lines', { items: [{ productId: 'cup', quantity: 2 }] }],
        ['quantities', { items: [{ productId: 'mug', quantity: 3 }] }],
        ['references', { reference: 'other' }],
      ])('refuses a request with other %s', async (_name, other) => {
        const request = aCreateOrder({ idempotencyKey: `k-${newId()}` });
        await placed(request);
        const before = await orders.orderCount();
        expect(await orders.place({ ...request, ...other }, newId())).toMatchObject({
          ok: false,
          error: { code: 'IDEMPOTENCY_KEY_REUSED' },
        });
        expect(await orders.orderCount()).toBe(before);
      });

      it("keeps two clients' equal keys apart", async () => {
        const idempotencyKey = `k-${newId()}`;
        const [one, other] = [
          await placed(aCreateOrder({ idempotencyKey })),
          await placed(aCreateOrder({ idempotencyKey, clientId: 'other' })),
        ];
        expect(other.id).not.toBe(one.id);
      });

      it('stores one order for two requests at once', async () => {
        const request = aCreateOrder({ idempotencyKey: `k-${newId()}` });
        const answers = await Promise.all([newId(), newId(), newId()].map((id) => orders.place(request, id)));
        const ids = answers.map((answer) => orderIn(answer).id);
        expect(new Set(ids).size).toBe(1);
        expect(answers.map((answer) => answer.ok && answer.value.replayed).sort()).toEqual([false, true, true]);
      });
    });
  });

  describe('an order whose stock is answered', () => {
    it('is CONFIRMED with the names and prices of the reservation', async () => {
      const { id: orderId, items: lines } = await placed();
      const items = [aSoldLine({ quantity: lines[0]?.quantity ?? 0, name: 'Mug "large"' })];
      const outcomeId = newId();
      const outcome = aStockReserved({ orderId, items });
      await answerStock(outcome, outcomeId);
      const order = await orders.decided(orderId);
      expect(order).toMatchObject({
        status: 'CONFIRMED',
        items,
        total: { amount: 2_500, currency: 'EUR' },
        version: 2,
      });
      expect(orderViewSchema.parse(order)).toEqual(order);

      await waitUntil('it is known', () => about(events, orderId).length === 2);
      const [created, confirmed] = about(events, orderId);
      expect([created?.routingKey, confirmed?.routingKey]).toEqual(['order.created', 'order.confirmed']);
      const data = dataOf(confirmed);
      expect(orderConfirmedSchema.parse(data)).toEqual(data);
      expect(confirmed?.headers).toMatchObject({ 'x-causation-id': outcomeId });
    });

    it('is REJECTED with the reason', async () => {
      const { id: orderId } = await placed(aCreateOrder({ reference: 'R-2' }));
      await answerStock(aStockRefused({ orderId, reason: 'UNKNOWN_PRODUCT', detail: 'there is no mug' }));
      expect(await orders.decided(orderId)).toMatchObject({
        status: 'REJECTED',
        rejectionReason: 'UNKNOWN_PRODUCT',
        rejectionDetail: 'there is no mug',
        total: null,
      });
      await waitUntil('it is known', () => about(events, orderId).length === 2);
      const data = dataOf(about(events, orderId)[1]);
      expect(orderRejectedSchema.parse(data)).toEqual(data);
    });

    it('is decided once, however often and by however many messages the same answer comes', async () => {
      const { id: orderId } = await placed();
      const outcome = aStockReserved({ orderId });
      const messageId = newId();
      for (let time = 0; time < 3; time += 1) await answerStock(outcome, messageId);
      await answerStock(outcome);
      await orders.decided(orderId);
      await answerStock(outcome);
      // One more, taken after them.
      const { id: laterId } = await placed();
      await answerStock(aStockReserved({ orderId: laterId }));
      await orders.decided(laterId);
      expect((await orders.eventsOf(orderId)).map(({ type, version }) => [version, type])).toEqual([
        [1, 'order.created'],
        [2, 'product.reserveStock'],
        [3, 'order.confirmed'],
      ]);
      expect(await orders.get(orderId)).toMatchObject({ value: { version: 2 } });
    });

    it.each<
      [string, (orderId: string) => [first: Parameters<typeof answerStock>[0], late: Parameters<typeof answerStock>[0]]]
    >([
      ['CONFIRMED', (orderId) => [aStockReserved({ orderId }), aStockRefused({ orderId })]],
      ['REJECTED', (orderId) => [aStockRefused({ orderId }), aStockReserved({ orderId })]],
    ])('stays %s when another answer contradicts it, which somebody has to look at', async (status, outcomes) => {
      const { id: orderId } = await placed();
      const [first, late] = outcomes(orderId);
      await answerStock(first);
      await orders.decided(orderId);
      const messageId = newId();
      await answerStock(late, messageId);
      expect(await probe.next('orders_queue.dlq')).toMatchObject({
        messageId,
        headers: {
          'x-dead-letter-reason': 'handler-failed',
          'x-dead-letter-detail': expect.stringContaining('CONTRADICTION'),
        },
      });
      expect(await orders.get(orderId)).toMatchObject({ value: { status, version: 2 } });
    });

    it('that is unknown is looked at by somebody too', async () => {
      await answerStock(aStockReserved());
      expect((await probe.next('orders_queue.dlq')).headers).toMatchObject({
        'x-dead-letter-detail': expect.stringContaining('UNKNOWN_ORDER'),
      });
    });

    it('is published in the order of what happened to it', async () => {
      const all = await Promise.all(Array.from({ length: 30 }, () => placed()));
      await Promise.all(all.map(({ id }) => answerStock(aStockReserved({ orderId: id }))));
      await Promise.all(all.map(({ id }) => orders.decided(id)));
      for (const { id } of all) {
        await waitUntil('both events are known', () => about(events, id).length === 2);
        expect(about(events, id).map(({ routingKey }) => routingKey)).toEqual(['order.created', 'order.confirmed']);
      }
    });
  });

  describe('asking for an order', () => {
    it("hides another client's order as if it were not there", async () => {
      const { id } = await placed(aCreateOrder({ clientId: 'shop' }));
      const absent = (orderId: string) => ({
        ok: false,
        error: { code: 'ORDER_NOT_FOUND', detail: `There is no order ${orderId}.` },
      });
      const asClient = (clientId: string) => ({ role: 'client', clientId }) as const;
      expect(await orders.get(id, asClient('other'))).toEqual(absent(id));
      expect(await orders.get(id, asClient('shop'))).toMatchObject({ ok: true });
      expect(await orders.get(id, { role: 'operator', clientId: 'ops' })).toMatchObject({ ok: true });
      const unknown = newId();
      expect(await orders.get(unknown, asClient('shop'))).toEqual(absent(unknown));
      expect(await orders.get(unknown, { role: 'operator', clientId: 'ops' })).toEqual(absent(unknown));
    });
  });

  describe('an order that stays PENDING', () => {
    it('is asked for again under the same message id, later and later', async () => {
      const { id } = await placed();
      await waitUntil('its stock is asked for', () => about(commands, id).length === 1);
      await orders.makeOverdue(id);
      await waitUntil('its stock is asked for again', () => about(commands, id).length === 2);
      const [first, again] = about(commands, id);
      expect(again).toMatchObject({
        messageId: first?.messageId,
        body: first?.body,
        headers: { 'x-republished': true },
      });
      expect(await orders.askAgainAt(id)).toBeGreaterThan(Date.now() + 50_000);
      expect(await orders.eventsOf(id)).toHaveLength(2);
    });

    it('is not asked for once it is decided', async () => {
      const [decided, pending] = [await placed(), await placed()];
      await answerStock(aStockReserved({ orderId: decided.id }));
      await orders.decided(decided.id);
      await orders.makeOverdue(decided.id);
      await orders.makeOverdue(pending.id);
      await waitUntil('the other is asked for again', () => about(commands, pending.id).length === 2);
      expect(about(commands, decided.id)).toHaveLength(1);
    });
  });

  describe('the examples of the contracts', () => {
    it.each([
      ['product.stockReserved', 'CONFIRMED'],
      ['product.stockReserved.refused', 'REJECTED'],
    ])('are taken as they are: orders.create, then %s', async (example, status) => {
      const request = contractExample('orders.create').data as CreateOrder;
      const { id: orderId } = await placed({ ...request, idempotencyKey: newId() });
      const { pattern, data } = contractExample(example);
      const message = { pattern, data: { ...data, orderId } };
      await probe.publish(pattern, message, { exchange: 'events', messageId: newId() });
      expect(await orders.decided(orderId)).toMatchObject({ status });
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
