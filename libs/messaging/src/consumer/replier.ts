import { type Logger, messageOf } from '@holdfast/platform';
import { type Channel, type ConsumeMessage } from 'amqplib';
import { type BrokerConnection } from '../broker/broker-connection.js';
import { type ManagedChannel } from '../broker/managed-channel.js';
import { reachedWhenWritten } from '../broker/when-written.js';

/**
 * Answers requests, in Nest's reply format. A reply is not kept: one that is lost makes its caller time out, and the
 * caller's repeat is answered from the database.
 */
export class Replier {
  private readonly channel: ManagedChannel<Channel>;

  constructor(
    connection: BrokerConnection,
    private readonly logger: Logger,
  ) {
    this.channel = connection.openChannel({ name: 'replies', setup: async () => undefined });
  }

  answer(request: ConsumeMessage, requestId: string | undefined, response: unknown): void {
    this.send(request, { id: requestId, response, isDisposed: true });
  }

  refuse(request: ConsumeMessage, requestId: string | undefined, error: unknown): void {
    this.send(request, { id: requestId, err: { message: messageOf(error) }, isDisposed: true });
  }

  private send(request: ConsumeMessage, reply: object): void {
    const { replyTo, correlationId } = request.properties;
    if (typeof replyTo !== 'string' || replyTo === '') return;
    const channel = this.channel.current;
    if (!channel) return;
    try {
      channel.publish('', replyTo, Buffer.from(JSON.stringify(reply)), {
        contentType: 'application/json',
        ...(typeof correlationId === 'string' && { correlationId }),
      });
      reachedWhenWritten('reply-written', request.fields.routingKey);
    } catch (error) {
      this.logger.warn({ reason: messageOf(error) }, 'could not answer a request: the channel has just closed');
    }
  }
}
