import { ConfirmChannel, ConsumeMessage, connect } from 'amqplib';
import { declareTopology } from './topology.js';

/** Opens a connection with one confirm channel and declares the topology. Losing either ends the process. */
export async function openChannel(url: string): Promise<ConfirmChannel> {
  const connection = await connect(url, { noDelay: true });
  const channel = await connection.createConfirmChannel();
  for (const emitter of [connection, channel]) emitter.on('error', fail);
  await declareTopology(channel);
  return channel;
}

/** Consumes with `prefetch` deliveries unacknowledged at most; a consumer that the broker cancels ends the process. */
export async function consume(
  channel: ConfirmChannel,
  queue: string,
  prefetch: number,
  onMessage: (message: ConsumeMessage) => void,
): Promise<void> {
  await channel.prefetch(prefetch);
  await channel.consume(queue, (message) => {
    if (message === null) fail(new Error(`the consumer of ${queue} was cancelled`));
    else onMessage(message);
  });
}

/** For publishes: a message that the broker refuses ends the run, because its figures would be of another pipeline. */
export function requireConfirm(error: unknown): void {
  if (error !== null && error !== undefined) fail(new Error('the broker refused a message'));
}

/** Acks a group, and everything before it, once the broker has confirmed all that was published until now. */
export function ackWhenConfirmed(channel: ConfirmChannel, last: ConsumeMessage | undefined): void {
  if (last === undefined) return;
  channel.waitForConfirms().then(() => channel.ack(last, true), fail);
}

function fail(error: Error): void {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(1);
}
