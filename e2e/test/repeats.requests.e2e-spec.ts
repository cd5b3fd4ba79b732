import { randomBytes } from 'node:crypto';
import {
  type ActPage,
  type DeadLetterPage,
  newId,
  type OrderPage,
  type StockMovementPage,
  type StockMovementView,
  type WebhookPage,
  type WebhookView,
} from '@holdfast/contracts';
import { aMessage, SeededRandom, WebhookReceiver, waitUntil, withProbe } from '@holdfast/testing';
import { type Answer } from '../src/api-client.js';
import { Books } from '../src/books.js';
import { CATALOGUE, LAMP, MUG, stock } from '../src/catalogue.js';
import { explained } from '../src/explained.js';
import { repeatedUntilAnswered } from '../src/repeated-until-answered.js';
import { settled } from '../src/settled.js';
import { attemptsAgain, deliverOnce, type SoleDelivery } from '../src/sole-deliveries.js';
import { flush, type Stand, startStand } from '../src/stand.js';
import { SERVICES } from '../src/system.js';

const AT_ONCE = 50;
const LATER = 5;

const random = new SeededRandom();

let stand: Stand;
let books: Books;
let orderToCancel: string;
let webhookToRotate: WebhookView;
let letterToRedrive: string;
let receiver: WebhookReceiver;
let toRetry: SoleDelivery;
let toReplay: SoleDelivery;

beforeAll(async () => {
  stand = await startStand({
    WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
  });
  books = new Books(stand.system.dataDir);
  await stand.system.startOne('webhook-publisher');
  await stock(stand.system, ...CATALOGUE);
  orderToCancel = (await shop().placeOrder({ productId: MUG.sku, quantity: 2 })).body.id;
  await waitUntil('the order is decided', async () => (await shop().order(orderToCancel)).body.status === 'CONFIRMED');
  webhookToRotate = (await rival().request<WebhookView>('POST', '/webhooks', {}, WEBHOOK)).body;
  letterToRedrive = await deadLetter();
  receiver = await WebhookReceiver.start();
  [toRetry, toReplay] = (await deliverOnce(rival(), receiver, ['/retried', '/replayed'])) as [
    SoleDelivery,
    SoleDelivery,
  ];
});
afterAll(async () => {
  await stand?.close();
  await receiver?.close();
});

const shop = () => stand.system.shop();
const rival = () => stand.system.rival();
const operator = () => stand.system.operator();

/** Resolves to the id of a dead letter that can be processed, as after a fault that is mended. */
async function deadLetter(): Promise<string> {
  const creation = { caller: { role: 'operator', clientId: 'ops' }, ...MUG, sku: 'LATE' } as const;
  await withProbe(stand.amqpUrl, (probe) =>
    probe.publish('products_queue.dlq', aMessage('product.create', creation), { messageId: newId(), persistent: true }),
  );
  const letter = await waitUntil('it is listed', async () => {
    return (await operator().request<DeadLetterPage>('GET', '/dead-letters/products_queue')).body.data[0];
  });
  return letter.id;
}

const movements = async (sku: string): Promise<StockMovementView[]> =>
  (await operator().request<StockMovementPage>('GET', `/products/${sku}/movements`)).body.data;

/** Something that is asked for again and again, and is to be done once. */
interface Repeated {
  /** Sends the same request each time. */
  send: () => Promise<Answer<unknown>>;
  status: 200 | 201 | 202;
  /** Sends another request under the same idempotency key; absent where it is the path that says what is done. */
  sendAltered?: () => Promise<Answer<unknown>>;
  /** What has come of it, by what there is to be seen. */
  made: () => Promise<unknown[]>;
}

/** A request under one key, and another that differs from it in `altered`. */
function creation<Body extends object>(by: typeof shop, path: string, body: Body, altered: Partial<Body>) {
  const headers = { 'idempotency-key': `fifty:${path}` };
  return {
    send: () => by().request<unknown>('POST', path, headers, body),
    sendAltered: () => by().request<unknown>('POST', path, headers, { ...body, ...altered }),
    status: 201 as const,
  };
}

/** The same for what is done to something that is there, by the path that it has then. */
function act(by: typeof shop, path: () => string, body: object, altered: object) {
  const send = (sent: object) => by().request<unknown>('POST', path(), { 'idempotency-key': `fifty:${path()}` }, sent);
  return { send: () => send(body), sendAltered: () => send({ ...body, ...altered }), status: 200 as const };
}

/** Of the path alone; with the same key, another one is another request. */
function retryOf({ deliveryId }: SoleDelivery): Promise<Answer<unknown>> {
  return rival().request<unknown>('POST', `/deliveries/${deliveryId}/retry`, { 'idempotency-key': 'fifty-retries' });
}

const ORDER = { productId: MUG.sku, quantity: 3, reference: '50 at once' };
const SHELF = { sku: 'SHELF', name: 'Shelf', price: { amount: 3_900, currency: 'EUR' }, stock: 7 };
const ADJUSTMENT = { delta: -5, reason: '50 at once' };
const WEBHOOK = { url: 'http://127.0.0.1:9/', eventTypes: ['webhook.disabled'], description: '50 at once' };

const EVER = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };

const REPEATED: Record<string, Repeated> = {
  'an order': {
    ...creation(shop, '/orders', ORDER, { quantity: 4 }),
    made: async () => {
      const query = new URLSearchParams({ reference: ORDER.reference });
      return (await shop().request<OrderPage>('GET', `/orders?${query}`)).body.data;
    },
  },
  'a product': {
    ...creation(operator, '/products', SHELF, { stock: 8 }),
    made: async () => (await operator().products()).body.data.filter(({ sku }) => sku === SHELF.sku),
  },
  'a stock adjustment': {
    ...creation(operator, `/products/${LAMP.sku}/stock-adjustments`, ADJUSTMENT, { delta: 5 }),
    made: async () => (await movements(LAMP.sku)).filter(({ reason }) => reason === ADJUSTMENT.reason),
  },
  'a webhook': {
    ...creation(shop, '/webhooks', WEBHOOK, { eventTypes: ['order.*'] }),
    made: async () => (await shop().request<WebhookPage>('GET', '/webhooks')).body.data,
  },
  'a new secret of a webhook': {
    ...act(
      rival,
      () => `/webhooks/${webhookToRotate.id}/rotate-secret`,
      { overlapSeconds: 60 },
      { overlapSeconds: 61 },
    ),
    made: async () => {
      const { data } = (await rival().request<WebhookPage>('GET', '/webhooks')).body;
      return data.filter(({ version }) => version === webhookToRotate.version + 1);
    },
  },
  'the way back of a dead letter': {
    ...act(
      operator,
      () => `/dead-letters/products_queue/${letterToRedrive}/redrive`,
      { reason: 'one' },
      { reason: 'two' },
    ),
    made: async () => (await operator().request<ActPage>('GET', '/dead-letters/products_queue/acts')).body.data,
  },
  'a retry of a delivery': {
    send: () => retryOf(toRetry),
    sendAltered: () => retryOf(toReplay),
    status: 202,
    made: () => attemptsAgain(rival(), books, toRetry),
  },
  'a replay of deliveries': {
    ...act(rival, () => `/webhooks/${toReplay.webhookId}/replay`, EVER, { onlyMissing: true }),
    status: 202,
    made: () => attemptsAgain(rival(), books, toReplay),
  },
  'a cancellation': {
    send: () => shop().cancelOrder(orderToCancel),
    status: 200,
    made: async () =>
      (await movements(MUG.sku)).filter((one) => one.orderId === orderToCancel && one.kind === 'release'),
  },
};

const together = (count: number, { send }: Repeated): Promise<Answer<unknown>[]> =>
  Promise.all(Array.from({ length: count }, () => repeatedUntilAnswered(send)));

const isReplay = ({ headers }: Answer<unknown>): boolean => headers.get('idempotency-replayed') === 'true';

/** Everything that one more of the requests could change. */
async function everything(): Promise<object> {
  const made = Object.entries(REPEATED).map(async ([name, repeated]) => [name, await repeated.made()]);
  return { ...books.everything(), made: await Promise.all(made) };
}

/** What the first request was answered. */
const answers = new Map<string, Answer<unknown>>();

describe.each(Object.entries(REPEATED))(`${AT_ONCE} equal requests at once for %s`, (name, repeated) => {
  it('make one and are told of it in the same words', () =>
    explained(stand.system, random, async () => {
      const all = await together(AT_ONCE, repeated);
      const told = new Set(all.map(({ status, text, headers }) => `${status} ${headers.get('location')} ${text}`));
      expect([...told]).toEqual([expect.stringMatching(`^${repeated.status} `)]);
      if (repeated.sendAltered) expect(all.filter((answer) => !isReplay(answer))).toHaveLength(1);
      await settled(stand);
      expect(await repeated.made()).toHaveLength(1);
      answers.set(name, all[0] as Answer<unknown>);
    }));
});

/** All of them are away at the same time. */
async function startEverythingAgain(): Promise<void> {
  const names = [...SERVICES, 'webhook-publisher'] as const;
  for (const name of names) expect([name, await stand.system.stop(name)]).toEqual([name, 0]);
  await Promise.all(names.map((name) => stand.system.startOne(name)));
}

describe.each([
  ['at any time', async () => undefined],
  ['when Redis is empty', () => flush(stand.redis)],
  ['when every service was started again', startEverythingAgain],
  ['when both has happened', () => flush(stand.redis).then(startEverythingAgain)],
])('later, %s,', (_name, prepare) => {
  let before: object;

  beforeAll(async () => {
    await settled(stand);
    before = await everything();
    await prepare();
  });

  it.each(Object.entries(REPEATED))('%s is answered byte for byte as it was', (name, repeated) =>
    explained(stand.system, random, async () => {
      const first = answers.get(name);
      for (const answer of await together(LATER, repeated)) {
        expect([answer.status, answer.text]).toEqual([first?.status, first?.text]);
        expect(answer.headers.get('location')).toBe(first?.headers.get('location'));
        expect(isReplay(answer)).toBe(repeated.sendAltered !== undefined);
      }
      const altered = await repeated.sendAltered?.();
      if (altered) expect([altered.status, altered.body]).toMatchObject([422, { code: 'IDEMPOTENCY_KEY_REUSED' }]);
    }),
  );

  it('nothing has come of it', () =>
    explained(stand.system, random, async () => {
      await settled(stand);
      expect(await everything()).toEqual(before);
    }));
});
