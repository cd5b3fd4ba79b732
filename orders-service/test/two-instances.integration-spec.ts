import { type CreateOrder, newId } from '@holdfast/contracts';
import { aCreateOrder, aMessage, aStockRefused, aStockReserved, type SeenMessage, waitUntil } from '@holdfast/testing';
import { RunningService } from './orders-service.harness.js';

const ORDERS = 40;
const shop = { role: 'client', clientId: 'shop' } as const;

// Each has a Redis of its own, so that no mark or lock there keeps them apart: what does is the database.
describe('two instances of the service on one PostgreSQL', () => {
  let orders: RunningService;
  let commands: SeenMessage[];
  let events: SeenMessage[];

  beforeAll(async () => {
    orders = await RunningService.start('postgres', { instances: 2 });
    commands = await orders.commands();
    events = await orders.events();
  });
  afterAll(() => orders.stop());

  const orderIdOf = ({ body }: SeenMessage): string => (body as { data: { orderId: string } }).data.orderId;

  /** The broker gives the messages of a queue to both in turn: what is published twice they handle at once. */
  const publishTwice = async (routingKey: string, body: object, exchange = ''): Promise<void> => {
    const publication = { exchange, messageId: newId() };
    await orders.probe.publishAll([1, 2].map(() => ({ routingKey, body, publication })));
  };
  const outcome = (body: ReturnType<typeof aStockReserved> | ReturnType<typeof aStockRefused>) =>
    publishTwice('product.stockReserved', aMessage('product.stockReserved', body), 'events');

  const placed = async (request: CreateOrder = aCreateOrder()): Promise<string> => {
    const reply = await orders.place(request, newId());
    if (!reply.ok) throw new Error(`refused: ${reply.error.code}`);
    return reply.value.order.id;
  };

  it('store an order once, whichever gets the request, and answer both times', async () => {
    const before = await orders.orderCount();
    const requests = Array.from({ length: ORDERS }, () => aCreateOrder({ idempotencyKey: newId() }));
    const replies = await Promise.all(
      requests.flatMap((request) => [orders.place(request, newId()), orders.place(request, newId())]),
    );
    for (const reply of replies) expect(reply).toMatchObject({ ok: true });
    expect(await orders.orderCount()).toBe(before + ORDERS);
    expect(await orders.probe.depth('orders_queue.dlq')).toBe(0);
  });

  it('decide every order once, publish that once, and lose none', async () => {
    const ids = await Promise.all(Array.from({ length: ORDERS }, () => placed()));
    await Promise.all(
      ids.map((orderId, index) => outcome(index % 4 === 0 ? aStockRefused({ orderId }) : aStockReserved({ orderId }))),
    );
    const decided = await Promise.all(ids.map((id) => orders.decided(id)));
    for (const order of decided) expect(order).toMatchObject({ version: 2 });
    for (const [index, id] of ids.entries()) {
      await waitUntil('both events are known', () => events.filter((event) => orderIdOf(event) === id).length === 2);
      const told = index % 4 === 0 ? 'order.rejected' : 'order.confirmed';
      expect((await orders.eventsOf(id)).map(({ version, type }) => [version, type])).toEqual([
        [1, 'order.created'],
        [2, 'product.reserveStock'],
        [3, told],
      ]);
    }
    expect(await orders.probe.depth('orders_queue.dlq')).toBe(0);
  });

  it('cancel once what is confirmed meanwhile, and take no dead letter for it', async () => {
    const ids = await Promise.all(Array.from({ length: ORDERS }, () => placed()));
    await Promise.all(
      ids.flatMap((orderId) => [
        outcome(aStockReserved({ orderId })),
        orders.cancel({ caller: shop, orderId }, newId()),
        orders.cancel({ caller: shop, orderId }, newId()),
      ]),
    );
    const last = await placed();
    await outcome(aStockReserved({ orderId: last }));
    await orders.decided(last);
    for (const id of ids) {
      expect(await orders.get(id)).toMatchObject({ value: { status: 'CANCELLED' } });
      const types = (await orders.eventsOf(id)).map(({ type }) => type);
      expect(types.filter((type) => type === 'product.releaseStock')).toHaveLength(1);
    }
    expect(await orders.probe.depth('orders_queue.dlq')).toBe(0);
  });

  it('ask once again for what was lost', async () => {
    const ids = await Promise.all(Array.from({ length: ORDERS }, () => placed()));
    const asked = (id: string) => commands.filter((command) => orderIdOf(command) === id);
    for (const id of ids) await waitUntil('its stock is asked for', () => asked(id).length === 1);
    await Promise.all(ids.map((id) => orders.makeOverdue(id)));
    for (const id of ids) await waitUntil('its stock is asked for again', () => asked(id).length === 2);
    const next = await placed();
    await waitUntil('the stock of the next is asked for', () => asked(next).length === 1);
    for (const id of ids) expect(asked(id)).toHaveLength(2);
  });
});
