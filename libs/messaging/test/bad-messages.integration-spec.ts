import { newId } from '@holdfast/contracts';
import {
  type AmqpProbe,
  aMessage,
  aStockReserved,
  newRedisUrl,
  openProbe,
  type SeenMessage,
  type TestBroker,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { NoteTaker } from './note-taker.js';

let broker: TestBroker;
let probe: AmqpProbe;
let taker: NoteTaker;

beforeAll(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  taker = await NoteTaker.start({ amqpUrl: broker.url, redisUrl: newRedisUrl() });
});
afterAll(async () => {
  await taker.close();
  await probe.close();
  await broker.close();
});

const goodMessage = () => aMessage('product.stockReserved', aStockReserved());

async function deadLetters(count: number): Promise<SeenMessage[]> {
  const letters: SeenMessage[] = [];
  while (letters.length < count) letters.push(await probe.next('orders_queue.dlq'));
  return letters;
}

describe('messages that cannot be handled', () => {
  const bad: [string, Buffer][] = [
    ['malformed', Buffer.from('{"pattern":"orders.create","data":{"clie')],
    ['malformed', Buffer.alloc(0)],
    ['malformed', Buffer.from([0xff, 0x00, 0xfe])],
    ['malformed', Buffer.from(JSON.stringify({ data: {} }))],
    ['malformed', Buffer.alloc(1_000_001, ' ')],
    ['unknown-pattern', Buffer.from(JSON.stringify({ pattern: 'orders.melt', data: {} }))],
    ['unknown-pattern', Buffer.from(JSON.stringify({ pattern: '__proto__', data: {} }))],
    // Known to the contracts, and to no handler of this queue.
    ['unknown-pattern', Buffer.from(JSON.stringify(aMessage('product.get', { productId: 'mug' })))],
    [
      'invalid-message',
      Buffer.from(JSON.stringify({ pattern: 'orders.create', data: { clientId: 'shop', items: [] } })),
    ],
    ['invalid-message', Buffer.from(JSON.stringify({ pattern: 'orders.create' }))],
  ];

  it('go to the dead letters as they came, with the reason, and hold nobody up', async () => {
    const goodIds: string[] = [];
    for (const [reason, body] of bad) {
      await probe.publish('orders_queue', body, { messageId: newId(), headers: { expected: reason, tenant: 'a' } });
      const messageId = newId();
      goodIds.push(messageId);
      await probe.publish('orders_queue', goodMessage(), { messageId });
    }

    const letters = await deadLetters(bad.length);
    for (const { headers } of letters) {
      expect(headers).toMatchObject({
        'x-dead-letter-reason': headers.expected,
        'x-dead-letter-detail': expect.stringMatching(/.{5,}/),
        'x-dead-letter-queue': 'orders_queue',
        'x-dead-letter-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        tenant: 'a',
      });
    }
    const bodies = letters.map(({ raw }) => raw.toString('base64'));
    expect(bodies.sort()).toEqual(bad.map(([, body]) => body.toString('base64')).sort());

    await waitUntil('the good messages are handled', async () => (await taker.notes()).length === goodIds.length);
    expect((await taker.notes()).map(({ messageId }) => messageId)).toEqual(goodIds);
    expect(await probe.depth('orders_queue')).toBe(0);
  });

  it('keep their ids and properties, so that they can be put back', async () => {
    const properties = { messageId: newId(), correlationId: 'c-1', type: 'orders.melt', timestamp: 1_700_000_000 };
    await probe.publish('orders_queue', { pattern: 'orders.melt', data: {} }, properties);
    const letter = await waitUntil('the letter is there', () => probe.raw.get('orders_queue.dlq', { noAck: true }));
    expect(letter.properties).toMatchObject({ ...properties, deliveryMode: 2 });
  });

  it('have no second life by the copies that their CC header asks for', async () => {
    await probe.publish('orders_queue', 'no message', { messageId: newId(), CC: ['orders_queue.retry.1000'] });
    // The publisher's own copy comes back from the retry queue once; the dead letter must not ask for more of them.
    await deadLetters(2);
    const good = newId();
    await probe.publish('orders_queue.retry.1000', goodMessage(), { messageId: good });
    await waitUntil('what was published later has been through', async () => (await taker.notes(good)).length === 1);
    expect(await probe.depth('orders_queue.dlq')).toBe(0);
  });

  it.each<[string, Record<string, unknown>]>([
    ['as much as a frame holds', { huge: 'h'.repeat(65_500) }],
    ['numbers beyond what can be counted exactly', { big: 2 ** 62, small: -(2 ** 62), fraction: 0.1 }],
    ['tables in tables', { a: { b: [{ c: null }, true, Buffer.from([1, 2])] } }],
    ['what is reserved for the broker', { 'x-death': 'not a list', 'x-delivery-count': 99, 'x-attempt': 'seven' }],
  ])('go there too with %s in their headers', async (_name, headers) => {
    const messageId = newId();
    await probe.publish('orders_queue', 'no message', { messageId, headers });
    const letter = await probe.next('orders_queue.dlq');
    expect(letter).toMatchObject({ messageId, headers: { 'x-dead-letter-reason': 'malformed' } });
    const good = newId();
    await probe.publish('orders_queue', goodMessage(), { messageId: good });
    await waitUntil('the next message is handled', async () => (await taker.notes(good)).length === 1);
    expect(taker.ready).toBe(true);
  });

  it('go there too with a time that no clock shows', async () => {
    await probe.publish('orders_queue', 'no message', { messageId: newId(), timestamp: Number.MAX_SAFE_INTEGER });
    expect((await probe.next('orders_queue.dlq')).headers).toMatchObject({ 'x-dead-letter-reason': 'malformed' });
  });

  it('are refused to whoever waits for their answer', async () => {
    const reply = await probe.ask('orders_queue', { pattern: 'orders.create', data: {}, id: 'r-1' });
    expect(reply).toMatchObject({
      isDisposed: true,
      err: { message: expect.stringContaining('data.clientId') },
    });
    await deadLetters(1);
  });

  it.each<[string, unknown]>([
    ['of a question that its contract refuses', { pattern: 'orders.get', data: {} }],
    ['of a question that cannot be read', 'orders.get'],
    ['of a command that is no question', { pattern: 'orders.create', data: { clientId: 'shop' } }],
  ])('are answered and gone on a queue for questions, which has no dead letters: %s', async (_name, body) => {
    const reply = await probe.ask('orders_queries', body);
    expect(reply).toMatchObject({ err: { message: expect.any(String) } });
  });

  it('are counted by what became of them', async () => {
    const text = await taker.runtime.metrics.metrics();
    expect(text).toMatch(/holdfast_messages_total\{pattern="unreadable",outcome="dead-letter"\} \d+/);
    expect(text).toMatch(/holdfast_messages_total\{pattern="product\.stockReserved",outcome="done"\} \d+/);
  });

  it('are all acked: nothing comes back when the service stops', async () => {
    await taker.drain();
    expect(await probe.depth('orders_queue')).toBe(0);
    expect(await probe.depth('orders_queries')).toBe(0);
  });
});
