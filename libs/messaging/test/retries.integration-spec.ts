import { newId } from '@holdfast/contracts';
import { PermanentError, TransientError } from '@holdfast/platform';
import {
  type AmqpProbe,
  aCreateOrder,
  aMessage,
  aStockReserved,
  newRedisUrl,
  openProbe,
  type TestBroker,
  testBroker,
  waitUntil,
} from '@holdfast/testing';
import { NoteTaker } from './note-taker.js';

const shop = { role: 'client', clientId: 'shop' } as const;

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

const busy = () => new TransientError('DATABASE_UNAVAILABLE', 'the file is locked');
const message = () => aMessage('product.stockReserved', aStockReserved());

/** From now on everything fails; a handler may be run more than once for one attempt, so nothing is counted here. */
const failWith = (error: () => Error) =>
  taker.behave(() => {
    throw error();
  });
const letPass = () => taker.behave(() => undefined);

/** How often a message was to be tried again later. A look into the queue where it waits may come too late. */
async function retries(): Promise<number> {
  const samples = (await taker.runtime.metrics.metrics()).matchAll(
    /^holdfast_messages_total\{.*outcome="retry"\} (\d+)$/gm,
  );
  return [...samples].reduce((sum, [, count]) => sum + Number(count), 0);
}

describe('a message that fails', () => {
  it('for a moment waits in a retry queue and comes back under its id, with nothing done twice', async () => {
    failWith(busy);
    const messageId = newId();
    const before = await retries();
    await probe.publish('orders_queue', message(), { messageId });
    await waitUntil('it is to be tried again', async () => (await retries()) > before);
    expect(await taker.notes(messageId)).toEqual([]);
    letPass();
    await waitUntil('it is handled', async () => (await taker.notes(messageId)).length === 1);
  });

  it('holds up nobody who comes after it', async () => {
    taker.behave((data) => {
      if ((data as { idempotencyKey: string }).idempotencyKey === 'slow') throw busy();
    });
    const [slow, quick] = [newId(), newId()];
    await probe.publish('orders_queue', aMessage('product.stockReserved', aStockReserved({ idempotencyKey: 'slow' })), {
      messageId: slow,
    });
    await probe.publish('orders_queue', message(), { messageId: quick });
    await waitUntil('the one after it is handled', async () => (await taker.notes(quick)).length === 1);
    expect(await taker.notes(slow)).toEqual([]);
    letPass();
    await waitUntil('it is handled too', async () => (await taker.notes(slow)).length === 1);
  });

  it('counts its attempts and waits longer each time', async () => {
    failWith(busy);
    const messageId = newId();
    const properties = { messageId, correlationId: 'c-1', headers: { traceparent: '00-a-b-01' } };
    await probe.publish('orders_queue', message(), properties);
    const waiting = await probe.next('orders_queue.retry.5000');
    expect(waiting).toMatchObject({
      messageId,
      correlationId: 'c-1',
      headers: { 'x-attempt': 2, traceparent: '00-a-b-01' },
    });
    letPass();
    // Taken out of its queue, so that the test need not wait for the delay: put back as the broker would.
    await probe.publish('orders_queue', waiting.raw, { ...properties, headers: waiting.headers });
    await waitUntil('it is handled', async () => (await taker.notes(messageId)).length === 1);
  });

  it('again and again ends in the dead letters', async () => {
    failWith(busy);
    const messageId = newId();
    await probe.publish('orders_queue', message(), { messageId, headers: { 'x-attempt': 11 } });
    expect(await probe.next('orders_queue.dlq')).toMatchObject({
      messageId,
      headers: {
        'x-dead-letter-reason': 'retries-exhausted',
        'x-dead-letter-detail': expect.stringContaining('locked'),
      },
    });
    expect(await taker.notes(messageId)).toEqual([]);
  });

  it.each<[string, () => Error, string]>([
    [
      'for good',
      () => new PermanentError('UNKNOWN_ORDER', 'there is no such order'),
      'UNKNOWN_ORDER: there is no such order',
    ],
    ['by a mistake of ours', () => new TypeError('x is not a function'), 'x is not a function'],
  ])('%s goes to the dead letters at once, with what it did taken back', async (_name, error, detail) => {
    failWith(error);
    const messageId = newId();
    await probe.publish('orders_queue', message(), { messageId });
    expect(await probe.next('orders_queue.dlq')).toMatchObject({
      messageId,
      headers: { 'x-dead-letter-reason': 'handler-failed', 'x-dead-letter-detail': detail },
    });
    expect(await taker.notes(messageId)).toEqual([]);
  });

  it('can be put back from the dead letters and is handled then', async () => {
    failWith(() => new PermanentError('NO', 'no'));
    const messageId = newId();
    await probe.publish('orders_queue', message(), { messageId });
    const letter = await probe.next('orders_queue.dlq');
    letPass();
    await probe.publish('orders_queue', letter.raw, { messageId, headers: letter.headers });
    await waitUntil('it is handled', async () => (await taker.notes(messageId)).length === 1);
  });

  it('and that somebody waits for is answered after its retry', async () => {
    failWith(busy);
    const messageId = newId();
    const request = { ...aMessage('orders.create', aCreateOrder()), id: 'r-1' };
    const before = await retries();
    const answer = probe.ask('orders_queue', request, { messageId });
    await waitUntil('it is to be tried again', async () => (await retries()) > before);
    taker.behave((_data, { origin }) => ({ took: origin.messageId }));
    const reply = await answer;
    expect(reply).toEqual({ id: 'r-1', response: { took: messageId }, isDisposed: true });
  });

  it('and that somebody waits for is refused when it fails for good', async () => {
    failWith(() => new PermanentError('NO', 'no such thing'));
    expect(await probe.ask('orders_queue', aMessage('orders.create', aCreateOrder()))).toMatchObject({
      err: { message: 'no such thing' },
    });
    await probe.next('orders_queue.dlq');
  });

  it('as a question is answered and not asked again', async () => {
    failWith(() => new TransientError('NO_IDEA', 'nobody knows'));
    const question = aMessage('orders.get', { caller: shop, orderId: newId() });
    expect(await probe.ask('orders_queries', question)).toMatchObject({ err: { message: 'nobody knows' } });
    taker.behave(() => ({ found: true }));
    expect(await probe.ask('orders_queries', question)).toMatchObject({ response: { found: true } });
  });

  it('as a question is asked once more where the database was away, and then refused', async () => {
    const question = aMessage('orders.get', { caller: shop, orderId: newId() });
    let asked = 0;
    taker.behave(() => {
      asked += 1;
      if (asked === 1) throw busy();
      return { found: true };
    });
    expect(await probe.ask('orders_queries', question)).toMatchObject({ response: { found: true } });
    failWith(busy);
    expect(await probe.ask('orders_queries', question)).toMatchObject({
      response: { ok: false, error: { code: 'DATABASE_UNAVAILABLE' } },
    });
  });

  it('as an act that is answered is not done again where the database was away, and nobody says that nothing was done', async () => {
    let done = 0;
    taker.behave(() => {
      done += 1;
      throw busy();
    });
    const act = aMessage('orders.timeline', { caller: shop, orderId: newId() });
    expect(await probe.ask('orders_queries', act)).toMatchObject({ err: { message: 'the file is locked' } });
    expect(done).toBe(1);
  });

  it('is stored nowhere but where it waits: the rest of its group commit is kept', async () => {
    taker.behave((data) => {
      if ((data as { idempotencyKey: string }).idempotencyKey.startsWith('bad')) throw new PermanentError('NO', 'no');
    });
    const keys = Array.from({ length: 40 }, (_, index) => `${index % 4 === 0 ? 'bad' : 'good'}-${newId()}`);
    await Promise.all(
      keys.map((key) =>
        probe.publish('orders_queue', aMessage('product.stockReserved', aStockReserved({ idempotencyKey: key })), {
          messageId: key,
        }),
      ),
    );
    for (const _ of keys.filter((key) => key.startsWith('bad'))) await probe.next('orders_queue.dlq');
    const good = keys.filter((key) => key.startsWith('good'));
    const handled = async () =>
      (await taker.notes()).map(({ messageId }) => messageId).filter((id) => keys.includes(id));
    await waitUntil('the good ones are handled', async () => (await handled()).length >= good.length);
    expect((await handled()).sort()).toEqual(good.sort());
  });
});
