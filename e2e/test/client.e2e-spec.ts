import { randomBytes } from 'node:crypto';
import { type HoldfastClient, HoldfastProblem, type Order } from '@holdfast/client';
import { messagesIn, SeededRandom, WebhookReceiver, waitUntil } from '@holdfast/testing';
import { Books } from '../src/books.js';
import { CATALOGUE, LAMP, MUG, RARE, stock } from '../src/catalogue.js';
import { explained } from '../src/explained.js';
import { settled } from '../src/settled.js';
import { type Stand, startStand } from '../src/stand.js';
import { typedClient } from '../src/typed-client.js';

const random = new SeededRandom();

let stand: Stand;
let books: Books;
let receiver: WebhookReceiver;
let shop: HoldfastClient;
let operator: HoldfastClient;

beforeAll(async () => {
  receiver = await WebhookReceiver.start();
  stand = await startStand({
    WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  });
  books = new Books(stand.system.dataDir);
  shop = typedClient(stand.system, 'shop');
  operator = typedClient(stand.system, 'operator');
  await stock(stand.system, ...CATALOGUE);
});
afterAll(async () => {
  await stand?.close();
  await receiver?.close();
});

const WAIT = { Prefer: 'wait=30' };

const placed = async (sku: string, reference?: string): Promise<{ data: Order; response: Response }> =>
  shop.post('/orders', {
    params: { header: WAIT },
    body: { items: [{ productId: sku, quantity: 1 }], ...(reference !== undefined && { reference }) },
  });

const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    (error: unknown) => (error instanceof HoldfastProblem ? [error.status, error.code] : error),
  );

const etagOf = ({ headers }: Response): string => headers.get('etag') ?? 'none';

describe('through the typed client', () => {
  it('an order is placed and waited for, and read as it was answered', () =>
    explained(stand.system, random, async () => {
      const { data: order, response } = await placed(MUG.sku);
      expect([response.status, response.headers.get('preference-applied')]).toEqual([201, 'wait=30']);
      expect(order).toMatchObject({ status: 'CONFIRMED', total: MUG.price, items: [{ sku: MUG.sku, quantity: 1 }] });
      const params = { path: { id: order.id } };
      expect((await shop.get('/orders/{id}', { params })).data).toEqual(order);
      const unchanged = { ...params, header: { 'If-None-Match': `"${order.version}"` } };
      expect((await shop.get('/orders/{id}', { params: unchanged })).response.status).toBe(304);
      expect(await refusalOf(typedClient(stand.system, 'rival').get('/orders/{id}', { params }))).toEqual([
        404,
        'ORDER_NOT_FOUND',
      ]);
    }));

  it('orders are listed page by page, the newest first', () =>
    explained(stand.system, random, async () => {
      const reference = 'listed by the client';
      const ids: string[] = [];
      for (let count = 0; count < 5; count += 1) ids.unshift((await placed(LAMP.sku, reference)).data.id);
      const pages: string[][] = [];
      for (let cursor: string | undefined, more = true; more; ) {
        const query = { reference, limit: 2, ...(cursor !== undefined && { cursor }) };
        const { data: page } = await shop.get('/orders', { params: { query } });
        pages.push(page.data.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
        more = cursor !== undefined;
      }
      expect(pages).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4)]);
    }));

  it('an order is cancelled as it was seen, and not as it was before', () =>
    explained(stand.system, random, async () => {
      const { data: order } = await placed(RARE.sku);
      const cancel = (version: number) => {
        const params = { path: { id: order.id }, header: { 'If-Match': `"${version}"` } };
        return shop.post('/orders/{id}/cancel', { params });
      };
      expect(await refusalOf(cancel(order.version - 1))).toEqual([412, 'VERSION_MISMATCH']);
      const { data: cancelled } = await cancel(order.version);
      expect(cancelled).toMatchObject({ id: order.id, status: 'CANCELLED', version: order.version + 1 });
    }));

  it('a product is changed as it was seen, and not as it was before', () =>
    explained(stand.system, random, async () => {
      const path = { id: LAMP.sku };
      const seen = etagOf((await operator.get('/products/{id}', { params: { path } })).response);
      const change = (name: string, etag: string) =>
        operator.patch('/products/{id}', { params: { path, header: { 'If-Match': etag } }, body: { name } });
      const { data: changed, response } = await change('Reading lamp', seen);
      expect(changed.name).toBe('Reading lamp');
      expect(await refusalOf(change('Floor lamp', seen))).toEqual([412, 'VERSION_MISMATCH']);
      expect((await change('Desk lamp', etagOf(response))).data.name).toBe('Desk lamp');
    }));

  it('a webhook is made, told of an order with a signature that its secret verifies, and deleted', () =>
    explained(stand.system, random, async () => {
      await stand.system.startOne('webhook-publisher');
      const body = { url: `${receiver.origin}/client`, eventTypes: ['order.confirmed' as const] };
      const { data: webhook } = await shop.post('/webhooks', { body });
      receiver.expects('/client', webhook.secret);
      const { data: order } = await placed(MUG.sku);
      const [callback] = await waitUntil('the callback has come', () => {
        const accepted = receiver.acceptedOn('/client');
        return accepted.length > 0 && accepted;
      });
      expect(callback).toMatchObject({ type: 'order.confirmed', data: { orderId: order.id } });
      expect(receiver.forged).toEqual([]);
      const params = { path: { id: webhook.id } };
      expect((await shop.delete('/webhooks/{id}', { params })).response.status).toBe(204);
      expect(await refusalOf(shop.get('/webhooks/{id}', { params }))).toEqual([404, 'WEBHOOK_NOT_FOUND']);
    }));
});

describe('a gateway that is killed while a client places an order', () => {
  /** The same with patience for a gateway that takes a while to start, and a count of its attempts. */
  const persistent = () => {
    const count = { attempts: 0 };
    const send = (request: Request) => {
      count.attempts += 1;
      return fetch(request);
    };
    return { client: typedClient(stand.system, 'shop', { retries: 60, fetch: send }), count };
  };

  const inOrdersQueue = async () => (await messagesIn(stand.amqpUrl, ['orders_queue'])).orders_queue ?? 0;

  it.each([
    {
      moment: 'before anybody has taken the request',
      away: 'orders-service' as const,
      underWay: async () => (await inOrdersQueue()) > 0,
    },
    {
      moment: 'after the order was stored, and before it was answered',
      away: 'products-service' as const,
      underWay: () => books.ordersThatAre('PENDING') > 0,
    },
  ])(
    'costs it nothing: one order is made, by attempts that it need not know of; $moment',
    ({ moment, away, underWay }) =>
      explained(stand.system, random, async () => {
        const { system } = stand;
        const before = books.orders().length;
        const { client, count } = persistent();
        await system.stop(away);
        const body = { productId: MUG.sku, quantity: 1, reference: moment };
        const placing = client.post('/orders', { params: { header: WAIT }, body });
        await waitUntil('the request is under way', underWay);
        await system.kill9('api-gateway');
        await system.startOne('api-gateway');
        await system.startOne(away);

        const { data: order } = await placing;
        expect(count.attempts).toBeGreaterThan(1);
        await settled(stand);
        expect(books.orders()).toHaveLength(before + 1);
        const { data: page } = await client.get('/orders', { params: { query: { reference: moment } } });
        expect(page.data.map(({ id, status }) => [id, status])).toEqual([[order.id, 'CONFIRMED']]);
      }),
  );
});
