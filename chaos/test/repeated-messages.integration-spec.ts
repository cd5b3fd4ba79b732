import { type AmqpProbe, openProbe, type SeenMessage, type TestBroker, testBroker, waitUntil } from '@holdfast/testing';
import { InsideProgram } from './inside-program.js';

const COUNT = 40;
const EXCHANGE = 'events';
const QUEUE = 'commands';

let broker: TestBroker;
let probe: AmqpProbe;

beforeAll(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  await probe.raw.assertExchange(EXCHANGE, 'topic');
  for (const queue of ['events-of-key', QUEUE, `${QUEUE}.dlq`, `${QUEUE}.plain`]) await probe.raw.assertQueue(queue);
  await probe.raw.bindQueue('events-of-key', EXCHANGE, '#');
});
afterAll(async () => {
  await probe?.close();
  await broker?.close();
});

const numbersIn = (messages: readonly SeenMessage[]) => messages.map(({ body }) => Number(body));
const firstsOf = (numbers: readonly number[]) => [...new Set(numbers)];
const inOrder = Array.from({ length: COUNT }, (_, number) => number);

function timesOf(numbers: readonly number[]): number[] {
  const times = inOrder.map((number) => numbers.filter((other) => other === number).length);
  return firstsOf(times).sort();
}

describe('a process whose messages are repeated', () => {
  let program: InsideProgram;
  let queues: { events: SeenMessage[]; commands: SeenMessage[]; moved: SeenMessage[]; plain: SeenMessage[] };

  beforeAll(async () => {
    const inside = { repeatMessages: { seed: 3, times: [2, 5] as [number, number] } };
    program = InsideProgram.start('publish.mjs', inside, broker.url, EXCHANGE, QUEUE, String(COUNT));
    expect({ ended: await program.ended(), errors: program.errors }).toEqual({ ended: 0, errors: '' });
    // All of it was confirmed, or was written before what was: what a queue has then is all that it gets.
    const [events, commands, moved, plain] = await Promise.all(
      ['events-of-key', QUEUE, `${QUEUE}.dlq`, `${QUEUE}.plain`].map((queue) => everythingIn(queue)),
    );
    queues = { events: events ?? [], commands: commands ?? [], moved: moved ?? [], plain: plain ?? [] };
  });

  async function everythingIn(queue: string): Promise<SeenMessage[]> {
    const messages = await probe.collect({ queue });
    const marker = 'the last';
    await probe.publish(queue, marker);
    await waitUntil(`${queue} is read`, () => messages.at(-1)?.body === marker);
    return messages.slice(0, -1);
  }

  it('sends each of them as often as it was told', () => {
    expect(timesOf(numbersIn(queues.events))).toEqual([2, 3, 4, 5]);
    expect(timesOf(numbersIn(queues.commands))).toEqual([2, 3, 4, 5]);
    const ids = queues.commands.map(({ messageId, body }) => messageId === `/${body}`);
    expect(ids).not.toContain(false);
  });

  it('keeps events in the order of their first copies, with copies among later ones', () => {
    const numbers = numbersIn(queues.events);
    expect(firstsOf(numbers)).toEqual(inOrder);
    expect(numbers).not.toEqual([...numbers].sort((a, b) => a - b));
  });

  it('shuffles commands', () => {
    const firsts = firstsOf(numbersIn(queues.commands));
    expect(firsts).not.toEqual(inOrder);
    expect([...firsts].sort((a, b) => a - b)).toEqual(inOrder);
  });

  it('has the confirm of each message once', () => {
    const confirmed = program.lines.flatMap(({ confirmed: id, error }) => (id === undefined ? [] : [{ id, error }]));
    const expected = [EXCHANGE, ''].flatMap((to) => inOrder.map((number) => ({ id: `${to}/${number}`, error: null })));
    expect(confirmed).toHaveLength(expected.length);
    expect(confirmed).toEqual(expect.arrayContaining(expected));
  });

  it('is told at once of a message that cannot be encoded', () => {
    expect(program.lines.filter(({ refused }) => refused !== undefined)).toHaveLength(1);
  });

  it('repeats nothing that failed', () => {
    expect(queues.moved.map(({ body }) => body)).toEqual(['dead']);
  });

  it('sends what waits before its channel is closed', () => {
    expect(queues.plain.length).toBeGreaterThanOrEqual(2);
  });
});
