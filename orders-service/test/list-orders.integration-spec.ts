import {
  type Caller,
  type CreateOrder,
  type ListOrders,
  newId,
  type OrderPage,
  type OrderView,
  orderViewSchema,
} from '@holdfast/contracts';
import {
  type AmqpProbe,
  aCreateOrder,
  aMessage,
  aSoldLine,
  aStockRefused,
  aStockReserved,
  contractExample,
} from '@holdfast/testing';
import { RunningService } from './orders-service.harness.js';

let probe: AmqpProbe;
let orders: RunningService;

beforeAll(async () => {
  orders = await RunningService.start('sqlite');
  probe = orders.probe;
});
afterAll(() => orders.stop());

const operator: Caller = { role: 'operator', clientId: 'ops' };
const client = (clientId: string): Caller => ({ role: 'client', clientId });

/** A name that no other test has. */
const unique = (name: string): string => `${name}-${newId().slice(-12)}`;

async function placed(request: Partial<CreateOrder>): Promise<string> {
  const reply = await orders.place(aCreateOrder(request), newId());
  if (!reply.ok) throw new Error(`refused: ${reply.error.code}`);
  return reply.value.order.id;
}

async function page(query: Partial<ListOrders> & { caller: Caller }): Promise<OrderPage> {
  const reply = await orders.list({ limit: 50, ...query });
  if (!reply.ok) throw new Error(`refused: ${reply.error.code}`);
  return reply.value;
}

const idsOn = async (query: Partial<ListOrders> & { caller: Caller }): Promise<string[]> =>
  (await page(query)).data.map(({ id }) => id);

async function decided(orderId: string, outcome: ReturnType<typeof aStockReserved> | ReturnType<typeof aStockRefused>) {
  const ids = { exchange: 'events', messageId: newId() };
  await probe.publish('product.stockReserved', aMessage('product.stockReserved', outcome), ids);
  return orders.decided(orderId);
}

describe('a list of orders', () => {
  it('takes the example of its contract', async () => {
    const { data } = contractExample('orders.list');
    expect(await orders.list(data as ListOrders)).toEqual({ ok: true, value: { data: [], nextCursor: null } });
  });

  it('has the orders as they are shown one by one, newest first', async () => {
    const caller = client(unique('shop'));
    const ids = [await placed({ clientId: caller.clientId }), await placed({ clientId: caller.clientId })];
    await decided(String(ids[0]), aStockReserved({ orderId: String(ids[0]) }));
    const { data, nextCursor } = await page({ caller });
    expect(nextCursor).toBeNull();
    expect(data.map(({ id }) => id)).toEqual([...ids].reverse());
    for (const order of data) {
      expect(orderViewSchema.parse(order)).toEqual(order);
      expect(await orders.get(order.id)).toEqual({ ok: true, value: order });
    }
  });

  it('is a client’s own, and everyone’s or one client’s for an operator', async () => {
    const [mine, theirs] = [client(unique('mine')), client(unique('theirs'))];
    const [own, foreign] = [await placed({ clientId: mine.clientId }), await placed({ clientId: theirs.clientId })];
    expect(await idsOn({ caller: mine })).toEqual([own]);
    expect(await idsOn({ caller: mine, clientId: mine.clientId })).toEqual([own]);
    expect(await idsOn({ caller: operator, clientId: theirs.clientId })).toEqual([foreign]);
    expect((await idsOn({ caller: operator })).slice(0, 2)).toEqual([foreign, own]);
    expect(await orders.list({ caller: mine, clientId: theirs.clientId, limit: 1 })).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN' },
    });
  });

  it('finds a product by id and by sku, whatever the order called it and whatever became of it', async () => {
    const caller = client(unique('shop'));
    const [id, sku] = [newId(), unique('MUG')];
    const names = [sku, id, id.toUpperCase()];
    const of = (productId: string) => placed({ clientId: caller.clientId, items: [{ productId, quantity: 1 }] });
    const ids: string[] = [];
    for (const name of names) {
      const [pending, confirmed, rejected] = [await of(name), await of(name), await of(name)];
      const items = [aSoldLine({ productId: id, sku, quantity: 1 })];
      await decided(confirmed, aStockReserved({ orderId: confirmed, items }));
      await decided(rejected, aStockRefused({ orderId: rejected }));
      ids.push(pending, confirmed, rejected);
    }
    await of(unique('LAMP'));
    expect(await idsOn({ caller, productNames: [id, sku] })).toEqual([...ids].reverse());
    expect(await idsOn({ caller, productNames: [id.toUpperCase(), sku], status: 'REJECTED' })).toHaveLength(3);
  });

  it('goes on behind its cursor, whatever has come since', async () => {
    const caller = client(unique('shop'));
    const there: string[] = [];
    for (let order = 0; order < 5; order += 1) there.unshift(await placed({ clientId: caller.clientId }));
    const walked: OrderView[] = [];
    let cursor: string | undefined;
    do {
      const { data, nextCursor } = await page({ caller, limit: 2, ...(cursor !== undefined && { cursor }) });
      walked.push(...data);
      await placed({ clientId: caller.clientId });
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(walked.map(({ id }) => id)).toEqual(there);
  });

  it('refuses a cursor of other filters, of another client, and one that is none', async () => {
    const caller = client(unique('shop'));
    for (let order = 0; order < 2; order += 1) await placed({ clientId: caller.clientId });
    const { nextCursor } = await page({ caller, limit: 1 });
    const cursor = String(nextCursor);
    expect((await page({ caller, limit: 100, cursor })).data).toHaveLength(1);
    const refused: Partial<ListOrders>[] = [
      { cursor, status: 'PENDING' },
      { cursor, productNames: ['mug'] },
      { cursor, from: '2026-01-05T00:00:00Z' },
      { cursor, caller: client(unique('other')) },
      { cursor, caller: operator },
      { cursor: 'none' },
    ];
    for (const query of refused) {
      const reply = await orders.list({ caller, limit: 1, ...query });
      expect({ query, reply }).toMatchObject({ reply: { ok: false, error: { code: 'VALIDATION_FAILED' } } });
    }
  });
});
