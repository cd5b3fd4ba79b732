import { type QueueName } from '@holdfast/contracts';
import { type Logger } from '@holdfast/platform';
import { type Channel } from 'amqplib';
import { type BrokerConnection } from '../broker/broker-connection.js';
import { closeChannel } from '../broker/close-channel.js';
import { declareEvents, declareQueue, queues } from '../topology.js';

/** AMQP 0-9-1, section 1.2: a queue of that name is there, with other arguments. */
const PRECONDITION_FAILED = 406;

/**
 * Declares what a consumer of `queue` needs. A query queue that an earlier version has declared otherwise is deleted with what is
 * in it, questions that nobody waits for longer than seconds.
 *
 * @throws the broker's refusal, which has ended the channel; on the next one the queue can be declared.
 */
export async function declareConsumedQueue(
  channel: Channel,
  queue: QueueName,
  connection: BrokerConnection,
  logger: Logger,
): Promise<void> {
  await declareEvents(channel);
  try {
    await declareQueue(channel, queue);
  } catch (error) {
    if (queues[queue].kind === 'query' && isPreconditionFailed(error)) {
      logger.warn({ queue }, 'deleting a query queue of an earlier version, to declare it anew');
      const own = await connection.openPlainChannel();
      await own.deleteQueue(queue);
      await closeChannel(own);
    }
    throw error;
  }
}

const isPreconditionFailed = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === PRECONDITION_FAILED;
