import { newId, type OrderView } from '@holdfast/contracts';
import {
  type AmqpProbe,
  aMessage,
  aReserveStock,
  aStockRefused,
  aStockReserved,
  openProbe,
  type SeenMessage,
  waitUntil,
} from '@holdfast/testing';
import { type Options } from 'amqplib';
import { MUG, stock } from '../src/catalogue.js';
import { placeUntilAccepted } from '../src/persistent-buyer.js';
import { DEAD_LETTERS, WORK_QUEUES } from '../src/queues.js';
import { settled } from '../src/settled.js';
import { type Stand, startStand } from '../src/stand.js';
import { checkStock } from '../src/stock-check.js';
import { SERVICES } from '../src/system.js';

// The shape of an address that RabbitMQ gives out, and none of its own: 3.10 closes the connection that publishes to it.
const FORGED_ADDRESS = 'amq.rabbitmq.reply-to.g2dkAA.forged';

let stand: Stand;
let probe: AmqpProbe;
let pids: number[];

const pidsNow = () => SERVICES.map((name) => stand.system.process(name).pid);

beforeAll(async () => {
  stand = await startStand({ REQUEST_TIMEOUT_MS: '5000' });
  probe = await openProbe(stand.amqpUrl);
  await stock(stand.system, MUG);
  pids = pidsNow();
});
afterEach(async () => {
  await settled(stand);
  await stand.system.ready();
  expect(pidsNow()).toEqual(pids);
  expect(await checkStock(stand.system.dataDir)).toMatchObject({ exitCode: 0 });
});
afterAll(async () => {
  await probe?.close();
  await stand?.close();
});

/** A good order, with the patience of a careful client. */
async function anOrderIsConfirmed(): Promise<OrderView> {
  const shop = stand.system.shop();
  const { order } = await placeUntilAccepted(shop, newId(), { productId: 'MUG', quantity: 1 });
  return waitUntil('the order is confirmed', async () => {
    const { body } = await shop.order(order.id);
    return body.status === 'CONFIRMED' ? body : undefined;
  });
}

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

type BadMessage = [name: string, reason: string, body: Buffer];

const goodData = { clientId: 'shop', items: [{ productId: 'MUG', quantity: 1 }] };

function anOrderCreated() {
  const { orderId, clientId, idempotencyKey, items } = aReserveStock();
  const createdAt = new Date().toISOString();
  return { orderId, clientId, idempotencyKey, reference: null, status: 'PENDING' as const, items, createdAt };
}

const unreadable: BadMessage[] = [
  ['broken JSON', 'malformed', Buffer.from('{"pattern":"orders.create","data":{"clie')],
  ['no body', 'malformed', Buffer.alloc(0)],
  ['bytes that are no text', 'malformed', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
  ['five megabytes', 'malformed', Buffer.alloc(5_000_000, 'x')],
  ['JSON that is no message', 'malformed', json([1, 2, 3])],
  ['JSON nested 100,000 deep', 'malformed', Buffer.from('['.repeat(100_000) + ']'.repeat(100_000))],
  ['a pattern that is no text', 'malformed', json({ pattern: { cmd: 'orders.create' }, data: goodData })],
  ['no pattern that there is', 'unknown-pattern', json({ pattern: 'orders.melt', data: {} })],
  ['a name that every object has', 'unknown-pattern', json({ pattern: 'constructor', data: {} })],
  ['an event that neither service takes', 'unknown-pattern', json(aMessage('order.created', anOrderCreated()))],
  ['no data', 'invalid-message', json({ pattern: 'orders.create' })],
  ['data that is null', 'invalid-message', json({ pattern: 'product.reserveStock', data: null })],
  ['a quantity in words', 'invalid-message', json(aMessage('orders.create', { ...goodData, items: 'one' as never }))],
  [
    'half a unit',
    'invalid-message',
    json(aMessage('product.reserveStock', aReserveStock({ items: [{ productId: 'MUG', quantity: 0.5 }] }))),
  ],
  [
    'fewer than no units',
    'invalid-message',
    json(aMessage('product.reserveStock', aReserveStock({ items: [{ productId: 'MUG', quantity: -5 }] }))),
  ],
  ['an id that is none', 'invalid-message', json(aMessage('product.stockReserved', aStockReserved({ orderId: '1' })))],
];

/** Headers and properties that no program of ours sets so. */
const strangeProperties: [string, Options.Publish][] = [
  ['headers of other types', { headers: { 'x-attempt': { a: [1] }, traceparent: 17, 'x-causation-id': false } }],
  ['an attempt below none', { headers: { 'x-attempt': -3 } }],
  ['attempts without end', { headers: { 'x-attempt': 1e15 } }],
  ['headers that are the broker’s', { headers: { 'x-death': 'no table', 'x-delivery-count': 'many' } }],
  ['a header of 60 kB', { headers: { big: 'h'.repeat(60_000) } }],
  ['an encoding that it is not in', { contentEncoding: 'gzip', contentType: 'image/png' }],
  ['an empty id and no correlation', { messageId: '', correlationId: '' }],
  ['an answer to nowhere', { replyTo: 'there-is-no-such-queue' }],
  ['an answer to its own queue', { replyTo: 'orders_queue' }],
  ['an answer to an address without form', { replyTo: 'amq.rabbitmq.reply-to.garbage' }],
  ['an answer to a forged address', { replyTo: FORGED_ADDRESS }],
];

async function takeDeadLetters(): Promise<SeenMessage[]> {
  await settled(stand);
  const letters: SeenMessage[] = [];
  for (const queue of DEAD_LETTERS) {
    for (let letter = await probe.take(queue); letter; letter = await probe.take(queue)) letters.push(letter);
  }
  return letters;
}

const reasonOf = ({ headers }: SeenMessage): unknown => headers['x-dead-letter-reason'];

describe('messages that somebody puts on the queues by hand', () => {
  it('and that cannot be read end in the dead letters with the reason; orders before, between and after are confirmed', async () => {
    const expected = new Map<string | undefined, string>();
    await anOrderIsConfirmed();
    for (const [, reason, body] of unreadable) {
      for (const queue of WORK_QUEUES) {
        const messageId = newId();
        expected.set(messageId, reason);
        await probe.publish(queue, body, { messageId });
      }
      await anOrderIsConfirmed();
    }
    const letters = await takeDeadLetters();
    expect(new Map(letters.map((letter) => [letter.messageId, reasonOf(letter)]))).toEqual(expected);
    expect(letters).toHaveLength(expected.size);
  });

  it.each(strangeProperties)('and that carry %s stop nobody, readable or not', async (_name, properties) => {
    const caller = { role: 'operator' as const, clientId: 'ops' };
    const create = { caller, ...MUG, sku: newId().slice(24) };
    await probe.publish('products_queue', aMessage('product.create', create), { messageId: newId(), ...properties });
    for (const queue of WORK_QUEUES) await probe.publish(queue, 'no message', { messageId: newId(), ...properties });
    await anOrderIsConfirmed();
    const letters = (await takeDeadLetters()).filter(({ raw }) => raw.toString() === 'no message');
    expect(new Set(letters.map(reasonOf))).toEqual(new Set(['malformed']));
    // Each at least once: what breaks the connection breaks it while the letter is on its way.
    const origins = letters.map(({ headers }) => headers['x-dead-letter-queue']);
    expect(new Set(origins)).toEqual(new Set(WORK_QUEUES));
    expect((await stand.system.shop().product(create.sku)).status).toBe(200);
  });

  it('and that speak of orders as they are not change nothing', async () => {
    const order = await anOrderIsConfirmed();
    const lies = [
      aMessage('product.stockReserved', aStockRefused({ orderId: order.id, idempotencyKey: newId() })),
      aMessage('product.stockReserved', aStockReserved()),
    ];
    for (const lie of lies) await probe.publish('orders_queue', lie, { messageId: newId() });
    await anOrderIsConfirmed();
    const letters = await takeDeadLetters();
    expect(letters.map(reasonOf)).toEqual(['handler-failed', 'handler-failed']);
    expect(letters.map(({ headers }) => String(headers['x-dead-letter-detail']).split(':')[0]).sort()).toEqual([
      'CONTRADICTION',
      'UNKNOWN_ORDER',
    ]);
    expect((await stand.system.shop().order(order.id)).body).toEqual(order);
  });

  it('and that call themselves events are looked at like any other', async () => {
    const exchange = 'events';
    for (const type of ['order.confirmed', 'order.rejected', 'product.stockReserved', 'no.such.event']) {
      await probe.publish(type, 'no event', { exchange, messageId: newId(), correlationId: 'nobody' });
      await probe.publish(type, Buffer.alloc(0), { exchange });
    }
    await anOrderIsConfirmed();
    expect((await takeDeadLetters()).map(reasonOf)).toEqual(['malformed', 'malformed']);
  });

  it('and that are no questions keep nobody from asking', async () => {
    const order = await anOrderIsConfirmed();
    for (const queue of ['orders_queries', 'products_queries']) {
      for (const [, , body] of unreadable) await probe.publish(queue, body, { messageId: newId() });
    }
    expect((await stand.system.shop().order(order.id)).body).toEqual(order);
    expect((await stand.system.shop().products()).status).toBe(200);
    expect(await takeDeadLetters()).toEqual([]);
  });
});
