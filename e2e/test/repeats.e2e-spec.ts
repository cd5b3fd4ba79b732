import { type OrderView } from '@holdfast/contracts';
import { type AmqpProbe, messagesIn, openProbe, SeededRandom, waitUntil } from '@holdfast/testing';
import { type Answer, type OrderRequest } from '../src/api-client.js';
import { faultsIn } from '../src/balance.js';
import { Books } from '../src/books.js';
import { CATALOGUE, stock } from '../src/catalogue.js';
import { explained } from '../src/explained.js';
import { DEAD_LETTERS } from '../src/queues.js';
import { settled } from '../src/settled.js';
import { flush, type Stand, startStand } from '../src/stand.js';
import { deliverShuffled, type TakenMessage, takeAll } from '../src/taken-message.js';

const ORDERS = 60;
const TIMES = 3;

const random = new SeededRandom();

let stand: Stand;
let probe: AmqpProbe;
let books: Books;

beforeAll(async () => {
  // Requests wait in their queue while the test has it to itself.
  stand = await startStand({ REQUEST_TIMEOUT_MS: '60000' });
  probe = await openProbe(stand.amqpUrl);
  books = new Books(stand.system.dataDir);
  await stock(stand.system, ...CATALOGUE);
});
afterAll(async () => {
  await probe?.close();
  await stand?.close();
});

/** Every kind of order; 12 x 30 of RARE are more than there is, so that who comes first matters. */
function requestOf(index: number): OrderRequest {
  const kinds: OrderRequest[] = [
    { productId: 'MUG', quantity: 2 },
    { productId: 'RARE', quantity: 30 },
    { items: ['LAMP', 'MUG', 'LAMP'].map((productId) => ({ productId, quantity: 1 })) },
    { items: ['MUG', 'NO-SUCH-PRODUCT'].map((productId) => ({ productId, quantity: 1 })) },
    { productId: 'LAMP', quantity: 1, reference: 'a reference' },
  ];
  return kinds[index % kinds.length] as OrderRequest;
}

const handledBy = (service: 'orders-service' | 'products-service', pattern: string): Promise<number> =>
  stand.system.metric(service, `holdfast_messages_total{pattern="${pattern}",outcome="done"}`);

/** Resolves when so many more messages of each kind have been through. */
async function haveBeenHandled(before: Handled, more: Handled): Promise<void> {
  await waitUntil(
    `${JSON.stringify(more)} more messages are handled`,
    async () => {
      const now = await handled();
      return (Object.keys(more) as (keyof Handled)[]).every(
        (pattern) => now[pattern] >= before[pattern] + more[pattern],
      );
    },
    { timeoutMs: 90_000 },
  );
}

async function handled() {
  return {
    'orders.create': await handledBy('orders-service', 'orders.create'),
    'product.reserveStock': await handledBy('products-service', 'product.reserveStock'),
    'product.stockReserved': await handledBy('orders-service', 'product.stockReserved'),
  };
}
type Handled = Awaited<ReturnType<typeof handled>>;

/** Who asks three times is answered three times; each answer is a message of its own way back. */
const ALL_REPEATED: Handled = {
  'orders.create': TIMES * ORDERS,
  'product.reserveStock': TIMES * ORDERS,
  'product.stockReserved': TIMES * ORDERS + TIMES * ORDERS,
};

async function startAgain(): Promise<void> {
  for (const name of ['orders-service', 'products-service'] as const) {
    expect(await stand.system.stop(name)).toBe(0);
    await stand.system.startOne(name);
  }
}

describe(`every message of ${ORDERS} orders, delivered ${TIMES} times and out of order`, () => {
  const purchases = Array.from({ length: ORDERS }, (_, index) => ({
    key: `repeat-${index}`,
    request: requestOf(index),
  }));
  let answers: Answer<OrderView>[];
  let messages: TakenMessage[];

  it('has the effect of one', () =>
    explained(stand.system, random, async () => {
      const { system } = stand;
      await system.stop('orders-service');
      await system.stop('products-service');
      const shop = system.shop();
      const placing = Promise.all(
        purchases.map(({ key, request }) => shop.placeOrder(request, { 'idempotency-key': key })),
      );
      const creates = await takeAll(probe, 'orders_queue', ORDERS);
      await deliverShuffled(probe, creates, TIMES, random);
      await system.startOne('orders-service');
      answers = await placing;
      const commandsHandled = () => handledBy('orders-service', 'orders.create');
      await waitUntil('every command is handled', async () => (await commandsHandled()) === TIMES * ORDERS);
      const reserves = await takeAll(probe, 'products_queue', ORDERS);
      expect(await system.stop('orders-service')).toBe(0);

      await deliverShuffled(probe, reserves, TIMES, random);
      await system.startOne('products-service');
      // One answer, and one more for each repeat of the question.
      const outcomes = await takeAll(probe, 'orders_queue', TIMES * ORDERS);
      const originals = outcomes.filter(({ properties }) => properties.headers?.['x-republished'] !== true);
      messages = [...creates, ...reserves, ...originals];
      expect(new Set(outcomes.map(({ properties }) => properties.messageId)).size).toBe(ORDERS);
      await deliverShuffled(probe, [...creates, ...outcomes], TIMES, random);
      await system.startOne('orders-service');
      await settled(stand);

      expect(answers.map(({ status }) => status)).toEqual(purchases.map(() => 201));
      const told = purchases.map((purchase, index) => ({ ...purchase, answers: [answers[index]?.body as OrderView] }));
      expect(await faultsIn(system.dataDir, told)).toEqual([]);
      expect(books.ordersThatAre('CONFIRMED')).toBe((ORDERS / 5) * 3 + 10);
      expect(await messagesIn(stand.amqpUrl, DEAD_LETTERS)).toEqual({});
    }));

  it.each([
    ['which Redis knows', async () => undefined],
    ['which Redis has forgotten', () => flush(stand.redis)],
    ['which services that were started again have never seen', () => startAgain()],
  ])('changes nothing later: %s', (_name, prepare) =>
    explained(stand.system, random, async () => {
      await settled(stand);
      const everything = books.everything();
      await prepare();
      const before = await handled();
      await deliverShuffled(probe, messages, TIMES, random);
      await haveBeenHandled(before, ALL_REPEATED);
      await settled(stand);
      expect(books.everything()).toEqual(everything);
      expect(await messagesIn(stand.amqpUrl, DEAD_LETTERS)).toEqual({});
      await stand.system.ready();
    }),
  );
});
