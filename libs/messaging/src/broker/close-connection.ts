import { type EventEmitter } from 'node:events';
import { type AmqpConnectionManager } from 'amqp-connection-manager';
import { type ChannelModel } from 'amqplib';

/**
 * Closes a connection for good. Resolves when RabbitMQ has said that it is closed, or it has ended otherwise: amqplib's
 * own `close`, which the manager waits for, waits for ever where the broker dies in between.
 */
export async function closeConnection(manager: AmqpConnectionManager): Promise<void> {
  const model = manager.connection as ChannelModel | undefined;
  if (model === undefined) return manager.close();
  // Of the connection within: the manager takes every listener off the one that it shows.
  const inner = model.connection as unknown as EventEmitter;
  await Promise.race([manager.close(), new Promise((resolve) => inner.once('close', resolve))]);
}
