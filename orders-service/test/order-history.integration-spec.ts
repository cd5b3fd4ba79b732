import {
  type Caller,
  newId,
  type OrderChanges,
  orderChangesSchema,
  type Reply,
  type TimelinePart,
  timelinePartSchema,
} from '@holdfast/contracts';
import { type AmqpProbe, aCreateOrder, aMessage, aStockRefused, aStockReserved, dialects } from '@holdfast/testing';
import { RunningService } from './orders-service.harness.js';

const shop: Caller = { role: 'client', clientId: 'shop' };
const other: Caller = { role: 'client', clientId: 'other' };
const operator: Caller = { role: 'operator', clientId: 'ops' };

describe.each(dialects)('the history of orders on %s', (dialect) => {
  let probe: AmqpProbe;
  let orders: RunningService;

  beforeAll(async () => {
    orders = await RunningService.start(dialect);
    probe = orders.probe;
  });
  afterAll(() => orders.stop());

  const refusalIn = (reply: Reply<unknown>) => (reply.ok ? undefined : reply.error.code);

  async function changes(orderId: string, afterVersion = 0, caller = shop): Promise<OrderChanges | string | undefined> {
    const query = aMessage('orders.events', { caller, orderId, afterVersion });
    const { response } = (await probe.ask('orders_queries', query)) as { response: Reply<OrderChanges> };
    return response.ok ? orderChangesSchema.parse(response.value) : refusalIn(response);
  }

  async function timeline(orderId: string, caller = shop): Promise<TimelinePart | string | undefined> {
    const query = aMessage('orders.timeline', { caller, orderId });
    const { response } = (await probe.ask('orders_queries', query)) as { response: Reply<TimelinePart> };
    return response.ok ? timelinePartSchema.parse(response.value) : refusalIn(response);
  }

  async function placed(): Promise<string> {
    const id = newId();
    await orders.place(aCreateOrder({ idempotencyKey: `key-of-${id}` }), id);
    return id;
  }

  /** @returns id of the message that said so. */
  async function decided(
    outcome: ReturnType<typeof aStockReserved> | ReturnType<typeof aStockRefused>,
  ): Promise<string> {
    const messageId = newId();
    const message = aMessage('product.stockReserved', outcome);
    const ids = { messageId, correlationId: outcome.orderId };
    await probe.publish('product.stockReserved', message, { exchange: 'events', ...ids });
    await orders.decided(outcome.orderId);
    return messageId;
  }

  describe('the changes of an order', () => {
    it('are numbered as its versions, from the one that was seen on', async () => {
      const orderId = await placed();
      expect(await changes(orderId)).toMatchObject({ version: 1, status: 'PENDING', changes: [{ version: 1 }] });
      await decided(aStockReserved({ orderId }));
      await orders.cancel({ caller: shop, orderId }, newId());
      const order = await orders.get(orderId);
      expect(order.ok && order.value.version).toBe(3);
      const all = await changes(orderId);
      expect(all).toMatchObject({
        version: 3,
        status: 'CANCELLED',
        changes: [
          { version: 1, type: 'order.created', status: 'PENDING', data: { orderId, reference: null } },
          { version: 2, type: 'order.confirmed', status: 'CONFIRMED', data: { total: { currency: 'EUR' } } },
          { version: 3, type: 'order.cancelled', status: 'CANCELLED', data: { previousStatus: 'CONFIRMED' } },
        ],
      });
      expect(await changes(orderId, 2)).toMatchObject({ version: 3, changes: [{ version: 3 }] });
      expect(await changes(orderId, 3)).toEqual({ version: 3, status: 'CANCELLED', changes: [] });
      expect(await changes(orderId, 99)).toEqual({ version: 3, status: 'CANCELLED', changes: [] });
    });

    it('are for its client and for operators', async () => {
      const orderId = await placed();
      await decided(aStockRefused({ orderId }));
      expect(await changes(orderId, 1, operator)).toMatchObject({ changes: [{ version: 2, status: 'REJECTED' }] });
      expect(await changes(orderId, 0, other)).toBe('ORDER_NOT_FOUND');
      expect(await changes(newId())).toBe('ORDER_NOT_FOUND');
    });
  });

  describe('the timeline of an order', () => {
    it('has its requests, events and commands, each with its cause', async () => {
      const orderId = await placed();
      const outcomeId = await decided(aStockReserved({ orderId }));
      const cancellation = newId();
      await orders.cancel({ caller: operator, orderId }, cancellation);
      const part = await timeline(orderId);
      if (typeof part !== 'object') throw new Error(String(part));
      expect(part.entries.map(({ kind, type, causedBy }) => [kind, type, causedBy])).toEqual([
        ['request', 'orders.create', null],
        ['event', 'order.created', orderId],
        ['message', 'product.reserveStock', orderId],
        ['event', 'order.confirmed', outcomeId],
        ['request', 'orders.cancel', null],
        ['event', 'order.cancelled', cancellation],
        ['message', 'product.releaseStock', cancellation],
      ]);
      const logged = part.entries.filter(({ kind }) => kind !== 'request').map(({ id }) => id);
      expect(logged).toEqual((await orders.eventsOf(orderId)).map(({ id }) => id));
      expect(JSON.stringify(part)).not.toContain('key-of-');
    });

    it('is for its client and for operators', async () => {
      const orderId = await placed();
      expect(await timeline(orderId, operator)).toEqual(await timeline(orderId));
      expect(await timeline(orderId, other)).toBe('ORDER_NOT_FOUND');
      expect(await timeline(newId(), operator)).toBe('ORDER_NOT_FOUND');
    });
  });
});
