import { newId } from '@holdfast/contracts';
import { PermanentError, TransientError } from '@holdfast/platform';
import {
  type AmqpProbe,
  aMessage,
  newRedisUrl,
  openProbe,
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

/** A message about an order; `reference` tells the test's messages apart. */
const about = (orderId: string, reference: string) =>
  aMessage('order.created', {
    ...{ orderId, clientId: 'shop', idempotencyKey: orderId, reference, status: 'PENDING' },
    items: [{ productId: 'mug', quantity: 1 }],
    createdAt: '2026-01-05T09:30:00.000Z',
  });

const publish = async (orderId: string, reference: string, messageId = newId()): Promise<string> => {
  await probe.publish('orders_queue', about(orderId, reference), { messageId });
  return messageId;
};

/** Messages with this reference fail for as long as it is said. */
function failing(reference: string, error: () => Error): { tries: () => number; end: () => void } {
  let tries = 0;
  let fails = true;
  taker.behave((data) => {
    if ((data as { reference: string }).reference !== reference || !fails) return;
    tries += 1;
    throw error();
  });
  return { tries: () => tries, end: () => (fails = false) };
}

const busy = () => new TransientError('DATABASE_UNAVAILABLE', 'the file is locked');
const notesOf = async (...ids: string[]): Promise<string[]> =>
  (await taker.notes()).map(({ messageId }) => messageId).filter((id) => ids.includes(id));

describe('messages of one subject', () => {
  it('are handled in the order in which they came, also when the first has to be tried again', async () => {
    const fault = failing('first', busy);
    const order = newId();
    const ids = [await publish(order, 'first'), await publish(order, 'second'), await publish(order, 'third')];
    const other = await publish(newId(), 'other');
    await waitUntil('another subject is not held up', async () => (await notesOf(other)).length === 1);
    await waitUntil('the first is tried again', () => fault.tries() > 4);
    expect(await notesOf(...ids)).toEqual([]);
    fault.end();
    await waitUntil('all are handled', async () => (await notesOf(...ids)).length === 3);
    expect(await notesOf(...ids)).toEqual(ids);
    expect(await probe.depth('orders_queue.retry.1000')).toBe(0);
  });

  it('go on behind one that no retry mends', async () => {
    failing('poison', () => new PermanentError('NO', 'never'));
    const order = newId();
    const poison = await publish(order, 'poison');
    const next = await publish(order, 'next');
    await waitUntil('the next one is handled', async () => (await notesOf(next)).length === 1);
    expect((await probe.next('orders_queue.dlq')).messageId).toBe(poison);
  });

  it('have their effect once, however often they come', async () => {
    taker.behave(() => undefined);
    const order = newId();
    const id = await publish(order, 'a');
    for (let time = 0; time < 5; time += 1) await publish(order, 'a', id);
    const last = await publish(order, 'b');
    await waitUntil('the last one is handled', async () => (await notesOf(last)).length === 1);
    expect(await notesOf(id)).toEqual([id]);
  });

  it('keep their order and their one effect when the connection is lost while one is tried again', async () => {
    const fault = failing('first', busy);
    const order = newId();
    const ids = [await publish(order, 'first'), await publish(order, 'second')];
    await waitUntil('the first is tried again', () => fault.tries() > 2);
    await broker.closeConnection('notes consumes');
    await waitUntil('the service has noticed', () => !taker.ready);
    await waitUntil('the service takes messages again', () => taker.ready);
    fault.end();
    await waitUntil('both are handled', async () => (await notesOf(...ids)).length === 2);
    expect(await notesOf(...ids)).toEqual(ids);
  });
});
