import { type Channel } from 'amqplib';
import { declareTopology } from './topology.js';

interface Declaration {
  name: string;
  durable: boolean;
  arguments: Record<string, unknown>;
}

/** What is declared on a channel, taken down instead of sent. */
async function declarations(): Promise<Declaration[]> {
  const queues: Declaration[] = [];
  const channel = {
    assertExchange: async () => undefined,
    bindQueue: async () => undefined,
    assertQueue: async (name: string, options: Omit<Declaration, 'name'>) => queues.push({ name, ...options }),
  };
  await declareTopology(channel as unknown as Channel);
  return queues;
}

/** Arguments that RabbitMQ 3.10 and 4 both know for a quorum queue. */
const KNOWN = [
  'x-queue-type',
  'x-dead-letter-exchange',
  'x-dead-letter-routing-key',
  'x-dead-letter-strategy',
  'x-delivery-limit',
  'x-message-ttl',
  'x-overflow',
  'x-single-active-consumer',
];

describe('the queues', () => {
  it('are durable quorum queues, which live on while one of three nodes is down', async () => {
    for (const queue of await declarations()) {
      expect(queue).toMatchObject({ durable: true, arguments: { 'x-queue-type': 'quorum' } });
    }
  });

  it('have arguments only that RabbitMQ 3.10 and 4 take', async () => {
    const names = (await declarations()).flatMap((queue) => Object.keys(queue.arguments));
    expect(KNOWN).toEqual(expect.arrayContaining(names));
  });

  // RabbitMQ 4 has a limit of 20 where a queue says nothing, 3.10 has none. From retry queues nobody takes anything.
  it('say how often a message may be delivered, wherever somebody consumes them', async () => {
    const consumed = (await declarations()).filter(({ name }) => !name.includes('.retry.'));
    for (const queue of consumed) expect(queue.arguments['x-delivery-limit']).toBeGreaterThanOrEqual(20);
  });
});
