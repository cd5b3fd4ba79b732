import { type Channel } from 'amqplib';

/**
 * Closes a channel. Resolves when RabbitMQ has said that it is closed, and has taken everything that was sent on it before.
 * amqplib's own `close` waits for ever where the connection ends in between.
 *
 * @throws Error when the channel has ended otherwise.
 */
export function closeChannel(channel: Channel): Promise<void> {
  return new Promise((resolve, reject) => {
    // The event comes in either case, and in the good one right before the promise is known to be kept.
    channel.once('close', () =>
      setImmediate(() => reject(new Error('the channel ended before RabbitMQ had closed it'))),
    );
    channel.close().then(resolve, reject);
  });
}
