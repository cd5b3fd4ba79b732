import {
  type MessageData,
  messages,
  newId,
  type ProductCreated,
  type ProductPage,
  type ProductView,
  productViewSchema,
  type Reply,
  stockReservedSchema,
} from '@holdfast/contracts';
import { EVENTS_EXCHANGE, type RequestPattern } from '@holdfast/messaging';
import {
  type AmqpProbe,
  aReserveStock,
  contractExample,
  dialects,
  openProbe,
  type SeenMessage,
  type TestBroker,
  TestDatabase,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { productsSchema } from '../src/app.module.js';
import { aProduct, OPERATOR } from './products-database.js';
import { RunningService } from './products-service.harness.js';

/** Makes every change of a product fail. */
const BROKEN_SHELF = {
  sqlite: (sku: string) => [
    `CREATE TRIGGER broken BEFORE UPDATE ON products WHEN old.sku = '${sku}'
     BEGIN SELECT raise(ABORT, 'the shelf fell down'); END`,
  ],
  postgres: (sku: string) => [
    `CREATE FUNCTION break_shelf() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'the shelf fell down'; END $$`,
    `CREATE TRIGGER broken BEFORE UPDATE ON products FOR EACH ROW WHEN (old.sku = '${sku}')
     EXECUTE FUNCTION break_shelf()`,
  ],
};

let broker: TestBroker;

beforeAll(async () => {
  broker = await testBroker();
});
afterAll(() => broker.close());

describe.each(dialects)('products-service on %s', (dialect) => {
  let database: TestDatabase;
  let service: RunningService;
  let probe: AmqpProbe;
  let told: SeenMessage[];
  let released: SeenMessage[];

  beforeAll(async () => {
    database = await TestDatabase.create(dialect);
    service = await RunningService.start(broker.url, database.location);
    await service.takesMessages;
    probe = await openProbe(broker.url);
    told = await probe.collect({ exchange: EVENTS_EXCHANGE, routingKey: 'product.stockReserved' });
    released = await probe.collect({ exchange: EVENTS_EXCHANGE, routingKey: 'product.stockReleased' });
  });
  afterAll(async () => {
    await probe.close();
    await service.stop();
    await database.close();
  });

  /** What the service answers to a request, as the gateway sends it. */
  async function ask<P extends RequestPattern, T>(pattern: P, data: MessageData<P>, id = newId()): Promise<Reply<T>> {
    const reply = await probe.ask(messages[pattern].queue, { pattern, data, id }, { messageId: id });
    return (reply as { response: Reply<T> }).response;
  }

  /** Asks for stock, as orders does; the correlation is that of the order. */
  const reserve = (data: MessageData<'product.reserveStock'>, messageId = newId()) =>
    probe.publish(
      'products_queue',
      { pattern: 'product.reserveStock', data },
      { messageId, correlationId: data.orderId },
    );

  /** The outcomes told of an order, once there are so many. */
  const outcomesOf = (orderId: string, count = 1) =>
    waitUntil(`${count} outcome(s) of order ${orderId} were told`, () => {
      const outcomes = told.filter(({ correlationId }) => correlationId === orderId);
      return outcomes.length >= count ? outcomes : undefined;
    });

  const dataOf = (message: SeenMessage | undefined) =>
    stockReservedSchema.parse((message?.body as { data: unknown } | undefined)?.data);

  const aSku = () => `SKU-${newId().slice(-12)}`;

  async function created(product: Parameters<typeof aProduct>[0]): Promise<ProductView> {
    const command = { caller: OPERATOR, ...aProduct(product) };
    const reply = await ask<'product.create', ProductCreated>('product.create', command);
    if (!reply.ok) throw new Error(reply.error.detail);
    return reply.value.product;
  }

  async function stockOf(sku: string): Promise<ProductView['stock'] | undefined> {
    const reply = await ask<'product.get', ProductView>('product.get', { productId: sku });
    return reply.ok ? reply.value.stock : undefined;
  }

  async function page(cursor: string | null): Promise<ProductPage> {
    const query = cursor === null ? { limit: 2 } : { limit: 2, cursor };
    const reply = await ask<'product.list', ProductPage>('product.list', query);
    if (!reply.ok) throw new Error(reply.error.detail);
    return reply.value;
  }

  describe('the catalogue over RabbitMQ', () => {
    it('takes a product in and shows it by id and by sku', async () => {
      const sku = aSku();
      const product = await created({ sku, stock: 7, supplierId: 'acme', lowStockThreshold: 2 });
      expect(productViewSchema.parse(product)).toEqual(product);
      expect(product).toMatchObject({ sku, stock: { onHand: 7, reserved: 0, available: 7 }, supplierId: 'acme' });
      for (const productId of [sku, product.id, product.id.toUpperCase()]) {
        expect(await ask('product.get', { productId })).toEqual({ ok: true, value: product });
      }
    });

    it('refuses a sku that is taken, and answers a repeated message with its product', async () => {
      const command = { caller: OPERATOR, ...aProduct({ sku: aSku() }) };
      const requestId = newId();
      const first = await ask('product.create', command, requestId);
      expect(first).toMatchObject({ ok: true });
      expect(await ask('product.create', command, requestId)).toEqual(first);
      expect(await ask('product.create', command)).toMatchObject({
        ok: false,
        error: { code: 'SKU_TAKEN' },
      });
    });

    it('gives the stored answer to a key that is sent again, and takes only operators', async () => {
      const command = { caller: OPERATOR, ...aProduct({ sku: aSku() }), idempotencyKey: newId() };
      const first = await ask<'product.create', ProductCreated>('product.create', command);
      if (!first.ok) throw new Error(first.error.detail);
      expect(await ask('product.create', command)).toEqual({ ok: true, value: { ...first.value, replayed: true } });
      expect(await ask('product.create', { ...command, name: 'Another' })).toMatchObject({
        error: { code: 'IDEMPOTENCY_KEY_REUSED' },
      });
      const client = { role: 'client' as const, clientId: 'shop' };
      for (const pattern of ['product.create', 'product.import'] as const) {
        expect(await ask(pattern, { ...command, caller: client })).toMatchObject({ error: { code: 'FORBIDDEN' } });
      }
    });

    it('changes a product, and shows its ledger', async () => {
      const { id, sku } = await created({ sku: aSku(), stock: 5 });
      const order = aReserveStock({ items: [{ productId: sku, quantity: 2 }] });
      await reserve(order);
      await outcomesOf(order.orderId);
      const change = { caller: OPERATOR, productId: sku, changes: { name: 'A cup' }, ifVersion: 1 };
      expect(await ask('product.change', change)).toMatchObject({ ok: true, value: { id, name: 'A cup', version: 3 } });
      expect(await ask('product.change', change)).toMatchObject({ error: { code: 'VERSION_MISMATCH' } });
      expect(await ask('product.movements', { caller: OPERATOR, productId: sku, limit: 10 })).toMatchObject({
        ok: true,
        value: {
          data: [
            { kind: 'reserve', orderId: order.orderId, delta: { available: -2, reserved: 2, sold: 0 } },
            { kind: 'initial', delta: { available: 5 } },
          ],
          nextCursor: null,
        },
      });
    });

    it('imports a line once', async () => {
      const line = { caller: OPERATOR, ...aProduct({ sku: aSku() }) };
      expect(await ask('product.import', line)).toMatchObject({ ok: true, value: { outcome: 'created' } });
      expect(await ask('product.import', line)).toMatchObject({ ok: true, value: { outcome: 'existing' } });
    });

    it('says when there is no such product', async () => {
      for (const productId of ['NO-SUCH-SKU', newId()]) {
        expect(await ask('product.get', { productId })).toMatchObject({
          ok: false,
          error: { code: 'PRODUCT_NOT_FOUND' },
        });
      }
    });

    it('lists products page by page, each once, in order of sku', async () => {
      for (const sku of ['page-c', 'page-a', 'page-b']) await created({ sku });
      const pages = [await page(null)];
      for (let next = pages[0]?.nextCursor; next; next = pages.at(-1)?.nextCursor) pages.push(await page(next));
      expect(pages.slice(0, -1).every(({ data }) => data.length === 2)).toBe(true);
      const listed = pages.flatMap(({ data }) => data.map(({ sku }) => sku));
      expect(listed).toEqual([...new Set(listed)].sort());
      expect(listed).toEqual(expect.arrayContaining(['page-a', 'page-b', 'page-c']));
    });

    it('refuses a cursor that no page gave', async () => {
      expect(await ask('product.list', { limit: 2, cursor: '***' })).toMatchObject({
        ok: false,
        error: { code: 'VALIDATION_FAILED', detail: expect.stringContaining('cursor') },
      });
    });
  });

  describe('reservations over RabbitMQ', () => {
    it('are told as an event, under the correlation of the order', async () => {
      const { id, sku } = await created({ sku: aSku(), stock: 5 });
      const order = aReserveStock({ items: [{ productId: sku, quantity: 2 }] });
      await reserve(order, 'the-request');
      const [outcome] = await outcomesOf(order.orderId);
      expect(outcome?.headers).toMatchObject({ 'x-causation-id': 'the-request' });
      expect(dataOf(outcome)).toMatchObject({
        reserved: true,
        items: [{ productId: id, quantity: 2 }],
        total: { amount: 2_500, currency: 'EUR' },
      });
      expect(await stockOf(sku)).toEqual({ onHand: 5, reserved: 2, available: 3 });
    });

    it('are told as refused, with the reason', async () => {
      const order = aReserveStock({ items: [{ productId: 'NO-SUCH-SKU', quantity: 1 }] });
      await reserve(order);
      expect(dataOf((await outcomesOf(order.orderId))[0])).toMatchObject({
        reserved: false,
        reason: 'UNKNOWN_PRODUCT',
        detail: 'Not in the catalogue: NO-SUCH-SKU.',
      });
    });

    it('are told again, as they were, to whoever asks again', async () => {
      const { sku } = await created({ sku: aSku(), stock: 5 });
      const order = aReserveStock({ items: [{ productId: sku, quantity: 2 }] });
      const messageId = newId();
      await reserve(order, messageId);
      await outcomesOf(order.orderId);
      await reserve(order, messageId);
      await reserve(order, newId());
      const [first, ...repeats] = await outcomesOf(order.orderId, 3);
      for (const repeat of repeats) {
        expect(repeat.messageId).toBe(first?.messageId);
        expect(repeat.raw).toEqual(first?.raw);
        expect(repeat.headers).toMatchObject({ 'x-republished': true });
      }
      expect(await stockOf(sku)).toEqual({ onHand: 5, reserved: 2, available: 3 });
    });

    it('never exceed the stock, whatever arrives at once and twice', async () => {
      const { sku } = await created({ sku: aSku(), stock: 100 });
      const orders = Array.from({ length: 200 }, () => aReserveStock({ items: [{ productId: sku, quantity: 1 }] }));
      await Promise.all([...orders, ...orders].map((order) => reserve(order, order.orderId)));
      const outcomes = await Promise.all(orders.map(({ orderId }) => outcomesOf(orderId)));
      expect(outcomes.filter(([outcome]) => dataOf(outcome).reserved)).toHaveLength(100);
      const metrics = await (await service.get('/metrics')).text();
      const [pieces = 0, commits = 0] = ['sum', 'count'].map((what) =>
        Number(new RegExp(`^holdfast_unit_of_work_pieces_${what} (\\d+)$`, 'm').exec(metrics)?.[1]),
      );
      expect(pieces / commits).toBeGreaterThan(2);
      expect(await stockOf(sku)).toEqual({ onHand: 100, reserved: 100, available: 0 });
    });

    it('that cannot be read go to the dead letters, and stop nobody', async () => {
      const { sku } = await created({ sku: aSku(), stock: 1 });
      const order = aReserveStock({ items: [{ productId: sku, quantity: 1 }] });
      await reserve({ ...order, items: [] });
      await reserve(order);
      const { headers } = await probe.next('products_queue.dlq');
      expect(headers).toMatchObject({ 'x-dead-letter-reason': 'invalid-message' });
      expect(dataOf((await outcomesOf(order.orderId))[0]).reserved).toBe(true);
    });

    it('that fail in the service go to the dead letters with the reason itself', async () => {
      const { sku } = await created({ sku: aSku(), stock: 1 });
      const other = await database.open(productsSchema);
      for (const sql of BROKEN_SHELF[dialect](sku)) await other.unitOfWork.run((tx) => tx.run(sql));
      await other.close();
      await reserve(aReserveStock({ items: [{ productId: sku, quantity: 1 }] }));
      const { headers } = await probe.next('products_queue.dlq');
      expect(headers).toMatchObject({
        'x-dead-letter-reason': 'handler-failed',
        'x-dead-letter-detail': expect.stringContaining('the shelf fell down'),
      });
      expect(await stockOf(sku)).toMatchObject({ available: 1, reserved: 0 });
    });
  });

  describe('releases over RabbitMQ', () => {
    const release = ({ orderId, clientId, idempotencyKey }: MessageData<'product.reserveStock'>, messageId = newId()) =>
      probe.publish(
        'products_queue',
        { pattern: 'product.releaseStock', data: { orderId, clientId, idempotencyKey } },
        { messageId, correlationId: orderId },
      );
    const releasesOf = (orderId: string, count = 1) =>
      waitUntil(`${count} release(s) of order ${orderId} were told`, () => {
        const releases = released.filter(({ correlationId }) => correlationId === orderId);
        return releases.length >= count ? releases : undefined;
      });

    it('are told as an event, and again to whoever asks again, also after a redelivery', async () => {
      const { sku } = await created({ sku: aSku(), stock: 5 });
      const order = aReserveStock({ items: [{ productId: sku, quantity: 2 }] });
      await reserve(order);
      await outcomesOf(order.orderId);
      const messageId = newId();
      await release(order, messageId);
      await releasesOf(order.orderId);
      for (const id of [messageId, newId()]) await release(order, id);
      const [first, ...repeats] = await releasesOf(order.orderId, 3);
      expect(first?.headers).toMatchObject({ 'x-causation-id': messageId });
      expect(first?.body).toMatchObject({ data: { orderId: order.orderId, items: [{ sku, quantity: 2 }] } });
      for (const repeat of repeats) expect(repeat.raw).toEqual(first?.raw);
      expect(new Set(repeats.map((repeat) => repeat.messageId))).toEqual(new Set([first?.messageId]));
      expect(await stockOf(sku)).toEqual({ onHand: 5, reserved: 0, available: 5 });
    });

    it('that come before the reservation make it take nothing', async () => {
      const { sku } = await created({ sku: aSku(), stock: 5 });
      const order = aReserveStock({ items: [{ productId: sku, quantity: 2 }] });
      await release(order);
      await releasesOf(order.orderId);
      await reserve(order);
      const [, repeated] = await outcomesOf(order.orderId, 2);
      expect(dataOf(repeated)).toMatchObject({ reserved: false, reason: 'ORDER_CANCELLED' });
      expect((await releasesOf(order.orderId))[0]?.body).toMatchObject({ data: { items: [] } });
      expect(await stockOf(sku)).toEqual({ onHand: 5, reserved: 0, available: 5 });
    });
  });

  describe('adjustments over RabbitMQ', () => {
    it('are answered, told and refused as the contracts say', async () => {
      const { id, sku } = await created({ sku: aSku(), stock: 5, lowStockThreshold: 3 });
      const events = await probe.collect({ exchange: EVENTS_EXCHANGE, routingKey: 'product.*' });
      const caller = { role: 'operator' as const, clientId: 'ops' };
      const command = { caller, productId: sku, delta: -2, reason: 'broken', idempotencyKey: newId() };
      const requestId = newId();
      const answer = await ask('product.adjustStock', command, requestId);
      expect(answer).toMatchObject({
        ok: true,
        value: { adjustment: { productId: id, delta: -2, stock: { onHand: 3 } }, replayed: false },
      });
      expect(await ask('product.adjustStock', command, requestId)).toEqual(answer);
      expect(await ask('product.adjustStock', command)).toMatchObject({ ok: true, value: { replayed: true } });
      expect(
        await ask('product.adjustStock', { ...command, caller: { role: 'client', clientId: 'shop' } }),
      ).toMatchObject({
        ok: false,
        error: { code: 'FORBIDDEN' },
      });
      // Answers to repeats of earlier tests may still come in between.
      const ofRequest = () => events.filter(({ headers }) => headers['x-causation-id'] === requestId);
      await waitUntil('both events were told', () => ofRequest().length >= 2);
      expect(ofRequest().map(({ routingKey }) => routingKey)).toEqual(['product.stockAdjusted', 'product.stockLow']);
      for (const { body } of ofRequest()) {
        const { pattern, data } = body as { pattern: keyof typeof messages; data: unknown };
        expect(messages[pattern].schema.parse(data)).toEqual(data);
      }
    });
  });

  describe('the examples of the contracts', () => {
    it('are taken as they are: product.releaseStock and product.adjustStock', async () => {
      const { id } = await created({ sku: aSku(), stock: 10 });
      const { data } = contractExample('product.adjustStock');
      const adjustment = { ...(data as MessageData<'product.adjustStock'>), productId: id };
      expect(await ask('product.adjustStock', adjustment)).toMatchObject({ ok: true });
      const orderId = newId();
      const example = contractExample('product.releaseStock');
      await probe.publish(
        'products_queue',
        { ...example, data: { ...example.data, orderId } },
        { messageId: newId(), correlationId: orderId },
      );
      await waitUntil('the release was told', () => released.some(({ correlationId }) => correlationId === orderId));
    });
  });

  describe('the HTTP side', () => {
    it('is ready, with a check for everything it stands on', async () => {
      const response = await service.get('/health/ready');
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({
        status: 'ready',
        checks: { products_queue: { status: 'up' }, products_queries: { status: 'up' }, redis: { status: 'up' } },
      });
    });

    it('shows that counters equal the ledger', async () => {
      const metrics = await (await service.get('/metrics')).text();
      expect(metrics).toMatch(/^holdfast_stock_ledger_mismatches 0$/m);
    });

    it('serves nothing else', async () => {
      expect((await service.get('/products')).status).toBe(404);
    });
  });
});
