import { type Channel, type ConsumeMessage } from 'amqplib';
import { declareEvents, EVENTS_EXCHANGE } from '../topology.js';
import { type BrokerConnection } from './broker-connection.js';
import { type ManagedChannel } from './managed-channel.js';

// Far more than a listener falls behind by; a stalled one loses the oldest instead of filling the broker.
const MAX_BACKLOG = 100_000;

/**
 * Listens to events as they pass, without keeping them: a queue that ends with its connection. For what is worth knowing
 * now or not at all, such as waking a caller who waits for an order.
 */
export class EventTap {
  private readonly channel: ManagedChannel<Channel>;

  constructor(
    connection: BrokerConnection,
    types: readonly string[],
    private readonly heard: (message: ConsumeMessage) => void,
  ) {
    this.channel = connection.openChannel({
      name: 'event tap',
      setup: async (channel) => {
        await declareEvents(channel);
        const { queue } = await channel.assertQueue('', {
          exclusive: true,
          autoDelete: true,
          durable: false,
          arguments: { 'x-max-length': MAX_BACKLOG },
        });
        for (const type of types) await channel.bindQueue(queue, EVENTS_EXCHANGE, type);
        await channel.consume(queue, (message) => this.received(message), { noAck: true });
      },
    });
  }

  private received(message: ConsumeMessage | null): void {
    if (message === null) this.channel.restart();
    else this.heard(message);
  }
}
