import { setTimeout as delay } from 'node:timers/promises';
import { type OrderView } from '@holdfast/contracts';
import { type AmqpProbe, messagesIn, openProbe, SeededRandom, waitUntil } from '@holdfast/testing';
import { faultsIn } from '../src/balance.js';
import { Books } from '../src/books.js';
import { cancelUntilAnswered } from '../src/careful-canceller.js';
import { CATALOGUE, LAMP, MUG, RARE, stock } from '../src/catalogue.js';
import { explained } from '../src/explained.js';
import { type Purchase } from '../src/order-load.js';
import { placeUntilAccepted } from '../src/persistent-buyer.js';
import { DEAD_LETTERS } from '../src/queues.js';
import { repeatedUntilAnswered } from '../src/repeated-until-answered.js';
import { settled } from '../src/settled.js';
import { type Stand, startStand } from '../src/stand.js';
import { deliverShuffled, takeAll } from '../src/taken-message.js';

const random = new SeededRandom();

let stand: Stand;
let probe: AmqpProbe;
let books: Books;
/** Of all tests: the books of a stand must add up as a whole. */
const purchases: Purchase[] = [];

beforeAll(async () => {
  // Stock that was not given back is not asked for again while this runs: that would hide what a crash has lost.
  stand = await startStand({ REQUEST_TIMEOUT_MS: '5000', RECONCILE_INTERVAL_MS: '600000' });
  probe = await openProbe(stand.amqpUrl);
  books = new Books(stand.system.dataDir);
  await stock(stand.system, ...CATALOGUE);
});
afterAll(async () => {
  await probe?.close();
  await stand?.close();
});

/** Places an order that the books are held against in the end. */
async function placed(request: Purchase['request']): Promise<OrderView> {
  const purchase: Purchase = { key: `cancel-${purchases.length}`, request, answers: [] };
  purchases.push(purchase);
  const { order } = await placeUntilAccepted(stand.system.shop(), purchase.key, request);
  purchase.answers.push(order);
  return order;
}

const finalOrder = (id: string): Promise<OrderView> =>
  waitUntil(`order ${id} is final`, async () => {
    const { body } = await stand.system.shop().order(id);
    return body.status !== 'PENDING' && body;
  });

const stockOf = async (sku: string) => (await stand.system.shop().product(sku)).body.stock;

/** Nothing is under way, every account agrees with every other, and no message was given up. */
async function everythingAddsUp(): Promise<void> {
  await stand.system.ready();
  await settled(stand);
  expect(await faultsIn(stand.system.dataDir, purchases)).toEqual([]);
  expect(await messagesIn(stand.amqpUrl, DEAD_LETTERS)).toEqual({});
}

describe('an order', () => {
  it('that is CONFIRMED gives its stock back, once, and says what it is by then', () =>
    explained(stand.system, random, async () => {
      const before = await stockOf(RARE.sku);
      const { id } = await placed({ productId: RARE.sku, quantity: 3 });
      const confirmed = await finalOrder(id);
      expect(await stockOf(RARE.sku)).toMatchObject({ available: before.available - 3, reserved: before.reserved + 3 });

      const shop = stand.system.shop();
      const cancelled = await shop.cancelOrder(id, { 'if-match': `"${confirmed.version}"` });
      expect([cancelled.status, cancelled.body.status, cancelled.headers.get('etag')]).toEqual([
        200,
        'CANCELLED',
        '"3"',
      ]);
      expect((await shop.order(id)).text).toBe(cancelled.text);
      await settled(stand);
      expect(await stockOf(RARE.sku)).toEqual(before);

      expect((await shop.cancelOrder(id)).text).toBe(cancelled.text);
      const again = await shop.cancelOrder(id, { 'if-match': `"${confirmed.version}"` });
      expect([again.status, again.text]).toEqual([200, cancelled.text]);
      await everythingAddsUp();
      expect(await stockOf(RARE.sku)).toEqual(before);
    }));

  it('that is REJECTED or not theirs is refused', () =>
    explained(stand.system, random, async () => {
      const { id } = await placed({ productId: 'NO-SUCH-PRODUCT', quantity: 1 });
      await finalOrder(id);
      const { rival, shop, operator } = {
        rival: stand.system.rival(),
        shop: stand.system.shop(),
        operator: stand.system.operator(),
      };
      for (const [api, status] of [
        [shop, 409],
        [operator, 409],
        [rival, 404],
      ] as const) {
        expect((await api.cancelOrder(id)).status).toBe(status);
      }
    }));

  it('that was cancelled while nobody reserved gives back nothing, in whatever order its messages come', () =>
    explained(stand.system, random, async () => {
      const before = await stockOf(MUG.sku);
      await stand.system.stop('products-service');
      const orders = [];
      for (let count = 0; count < 20; count += 1) orders.push(await placed({ productId: MUG.sku, quantity: 2 }));
      for (const { id } of orders) {
        expect(await cancelUntilAnswered(stand.system.shop(), id)).toMatchObject({ status: 'CANCELLED', version: 2 });
      }
      const messages = await takeAll(probe, 'products_queue', 2 * orders.length);
      await deliverShuffled(probe, messages, 3, random);
      await stand.system.startOne('products-service');
      await everythingAddsUp();
      expect(await stockOf(MUG.sku)).toEqual(before);

      const all = books.everything();
      await deliverShuffled(probe, messages, 2, random);
      await settled(stand);
      expect(books.everything()).toEqual(all);
    }));
});

const BUYERS = 6;
const ORDERS_EACH = 10;

/** Some want all of it, so that orders are rejected in the race too, and what is given back is sold again. */
const anyRequest = (chance: SeededRandom): Purchase['request'] => {
  const kind = chance.between(1, 4);
  if (kind === 1) return { productId: RARE.sku, quantity: chance.between(40, 150) };
  if (kind === 2)
    return { items: [MUG, RARE, LAMP, MUG].map(({ sku }) => ({ productId: sku, quantity: chance.between(1, 20) })) };
  return { productId: chance.pick([MUG.sku, LAMP.sku]), quantity: chance.between(1, 3) };
};

describe(`${BUYERS} buyers who change their minds`, () => {
  /** Ids of the orders whose cancellation was answered. */
  const cancelled: string[] = [];

  /** Cancels at once, a moment later or when the order is final; some ask twice at the same time, some do not cancel. */
  async function changeOfMind(chance: SeededRandom): Promise<void> {
    const shop = stand.system.shop();
    const { id } = await placed(anyRequest(chance));
    const moment = chance.pick(['at once', 'soon', 'when it is final', 'never']);
    if (moment === 'never') return;
    if (moment === 'soon') await delay(chance.between(1, 15));
    if (moment === 'when it is final') await finalOrder(id);
    const times = chance.pick([1, 1, 2, 3]);
    const answers = await Promise.all(Array.from({ length: times }, () => cancelUntilAnswered(shop, id)));
    expect(new Set(answers.map((order) => JSON.stringify(order))).size).toBe(1);
    if (answers[0]) cancelled.push(id);
  }

  const buyers = () =>
    Array.from({ length: BUYERS }, async () => {
      const chance = random.fork();
      for (let count = 0; count < ORDERS_EACH; count += 1) await changeOfMind(chance);
    });

  const someAreCancelled = (more: number, ended: () => boolean) => {
    const enough = cancelled.length + more;
    return waitUntil(`${more} more orders are cancelled`, () => ended() || cancelled.length >= enough);
  };

  it.each([
    ['while nothing happens', async () => undefined],
    [
      'while products-service is killed, twice',
      async (go: (more: number) => Promise<unknown>) => {
        for (const more of [3, 6]) {
          await go(more);
          await stand.system.kill9('products-service');
          await stand.system.launchOne('products-service');
        }
      },
    ],
    [
      'while orders-service and products-service are killed at the same moment',
      async (go: (more: number) => Promise<unknown>) => {
        await go(5);
        await Promise.all([stand.system.kill9('orders-service'), stand.system.kill9('products-service')]);
        await Promise.all([stand.system.launchOne('orders-service'), stand.system.launchOne('products-service')]);
      },
    ],
  ])('leave every unit where it belongs, %s', async (_name, faults) => {
    await explained(stand.system, random, async () => {
      let ended = false;
      const all = Promise.all(buyers()).finally(() => {
        ended = true;
      });
      await Promise.all([all, faults((more) => someAreCancelled(more, () => ended))]);
      await everythingAddsUp();
      const statuses = new Map(books.orders().map(({ id, status }) => [id, status]));
      expect(new Set(cancelled.map((id) => statuses.get(id)))).toEqual(new Set(['CANCELLED']));
    });
  });
});

describe('an operator', () => {
  const COUNTED = {
    sku: 'COUNTED',
    name: 'Counted',
    price: { amount: 100, currency: 'EUR' },
    stock: 10,
    lowStockThreshold: 8,
  };

  const lows = () => books.events('products').filter(({ type }) => type === 'product.stockLow').length;

  it('restocks and writes off, each once per key, and is answered the same after a restart', () =>
    explained(stand.system, random, async () => {
      await stock(stand.system, COUNTED);
      const operator = stand.system.operator();
      const adjustment = { delta: -3, reason: 'broken in the warehouse' };
      const key = { 'idempotency-key': 'stocktaking-1' };
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          repeatedUntilAnswered(() => operator.adjustStock(COUNTED.sku, adjustment, key)),
        ),
      );
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers[0]).toMatchObject({ status: 201, body: { delta: -3, stock: { onHand: 7, available: 7 } } });
      expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
      expect(lows()).toBe(1);

      await stand.system.kill9('products-service');
      await stand.system.startOne('products-service');
      const again = await operator.adjustStock(COUNTED.sku, adjustment, key);
      expect([again.text, again.headers.get('idempotency-replayed')]).toEqual([answers[0]?.text, 'true']);
      expect((await operator.adjustStock(COUNTED.sku, { ...adjustment, delta: -4 }, key)).status).toBe(422);
      expect(await stockOf(COUNTED.sku)).toEqual({ onHand: 7, reserved: 0, available: 7 });
    }));

  it('cannot write off what orders hold', () =>
    explained(stand.system, random, async () => {
      const { id } = await placed({ productId: COUNTED.sku, quantity: 5 });
      await finalOrder(id);
      const operator = stand.system.operator();
      const refused = await operator.adjustStock(COUNTED.sku, { delta: -3, reason: 'lost' });
      expect([refused.status, (refused.body as { code?: string }).code]).toEqual([409, 'STOCK_NOT_ADJUSTABLE']);
      await cancelUntilAnswered(stand.system.shop(), id);
      await settled(stand);
      expect((await operator.adjustStock(COUNTED.sku, { delta: -7, reason: 'lost' })).status).toBe(201);
      await everythingAddsUp();
    }));
});
