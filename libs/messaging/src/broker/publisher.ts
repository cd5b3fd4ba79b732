import { messageOf, PermanentError, TransientError } from '@holdfast/platform';
import { type ConfirmChannel, type Message, type Options } from 'amqplib';
import { type BrokerConnection } from './broker-connection.js';
import { type ManagedChannel } from './managed-channel.js';
import { AFTER_NACK_MS, isNack } from './nack.js';

export interface OutgoingMessage {
  /** '' is the default exchange, which routes by queue name. */
  exchange: string;
  routingKey: string;
  body: Buffer;
  properties: Options.Publish & { messageId: string };
}

/**
 * Publishes with confirms, and keeps nothing: what is not confirmed is *unknown* to the caller, who has it on disk and
 * publishes it again under the same message id. (A library that buffers in memory loses the buffer with the process.)
 */
export class Publisher {
  private readonly channel: ManagedChannel<ConfirmChannel>;
  private readonly returned = new Set<string>();

  constructor(
    private readonly connection: BrokerConnection,
    name: string,
    declare: (channel: ConfirmChannel) => Promise<void>,
  ) {
    this.channel = connection.openConfirmChannel({
      name,
      setup: async (channel) => {
        // The broker returns an unroutable message before it confirms it.
        channel.on('return', (message: Message) => this.returned.add(String(message.properties.messageId)));
        await declare(channel);
      },
      onLost: () => this.returned.clear(),
    });
  }

  get ready(): boolean {
    return this.channel.current !== undefined && !this.connection.blocked;
  }

  /**
   * Resolves when the broker has the message: on disk of a majority, for a quorum queue.
   *
   * @throws TransientError when there is no channel, or it closed before the confirm (outcome unknown), or the broker
   * refused the message, or a message to the default exchange found no queue.
   * @throws PermanentError when its properties cannot be encoded.
   */
  publish(message: OutgoingMessage): Promise<void> {
    const channel = this.channel.current;
    if (!channel) return Promise.reject(new TransientError('BROKER_UNAVAILABLE', 'there is no channel to publish on'));
    return new Promise<void>((resolve, reject) => {
      const confirmed = (error: unknown) => {
        if (error) {
          if (isNack(error)) this.channel.restart(AFTER_NACK_MS);
          reject(
            new TransientError('PUBLISH_UNKNOWN', `no confirm for ${message.properties.messageId}`, { cause: error }),
          );
        } else if (this.returned.delete(message.properties.messageId)) {
          reject(
            new TransientError('UNROUTABLE', `no queue ${message.routingKey} takes ${message.properties.messageId}`),
          );
        } else {
          resolve();
        }
      };
      const options = message.exchange === '' ? { ...message.properties, mandatory: true } : message.properties;
      try {
        channel.publish(message.exchange, message.routingKey, message.body, options, confirmed);
      } catch (error) {
        reject(refusedByLibrary(error));
      }
    });
  }
}

/** amqplib throws at once when its channel has just closed, and when it cannot encode what it is given. */
function refusedByLibrary(error: unknown): Error {
  if (error instanceof Error && error.name === 'IllegalOperationError') {
    return new TransientError('BROKER_UNAVAILABLE', 'the channel has just closed', { cause: error });
  }
  return new PermanentError('UNPUBLISHABLE', `the message cannot be encoded: ${messageOf(error)}`, { cause: error });
}
