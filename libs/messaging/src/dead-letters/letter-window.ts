import { setTimeout as delay } from 'node:timers/promises';
import { TransientError } from '@holdfast/platform';
import { type Channel, type ConsumeMessage } from 'amqplib';
import { type BrokerConnection } from '../broker/broker-connection.js';
import { closeChannel } from '../broker/close-channel.js';

// They come in milliseconds; what has not come by then, somebody else has taken since it was counted.
const ARRIVAL_TIMEOUT_MS = 5_000;

// RabbitMQ puts letters back a few milliseconds after it has confirmed that their channel is closed.
const RETURN_CHECK_MS = 20;
const RETURN_CHECKS = 100;

interface Held<Kept> {
  message: Pick<ConsumeMessage, 'fields'>;
  kept: Kept;
}

/**
 * The oldest letters of a dead-letter queue, held unacked on a channel of their own for as long as they are looked at.
 * Whatever happens then (the window is closed, the process is killed, the network is gone) RabbitMQ puts those back that
 * were not acked, in front of the others and in their order.
 *
 * It does that for the end of a channel and for nothing else: what a quorum queue gets back by `basic.nack` goes behind the
 * others or among them in any order, and each `basic.get` is a consumer of its own, whose letters have no order among
 * each other. So this is one consumer, whose prefetch is the number of letters and which is cancelled once it has them, or
 * each ack would bring it one more; and no letter is ever nacked.
 */
export class LetterWindow<Kept> {
  private closed: Promise<void> | undefined;
  private acked = 0;

  private constructor(
    private readonly connection: BrokerConnection,
    private readonly channel: Channel,
    private readonly queue: string,
    /** Letters in the queue when it was opened, these among them. */
    readonly depth: number,
    /** Oldest first. */
    readonly letters: readonly Held<Kept>[],
  ) {}

  /**
   * @param max how many letters are looked at.
   * @param keep what is kept of each letter; the letter itself, which may have megabytes, is forgotten.
   * @throws TransientError when RabbitMQ cannot be reached.
   */
  static async open<Kept>(
    connection: BrokerConnection,
    queue: string,
    max: number,
    keep: (message: ConsumeMessage) => Kept,
  ): Promise<LetterWindow<Kept>> {
    const channel = await connection.openPlainChannel();
    try {
      const { messageCount } = await channel.checkQueue(queue);
      const letters = await take(channel, queue, Math.min(messageCount, max), keep);
      return new LetterWindow(connection, channel, queue, messageCount, letters);
    } catch (cause) {
      await closeChannel(channel).catch(() => undefined);
      throw unreachable(queue, cause);
    }
  }

  /** Ends a letter for good. Nobody knows that it has before {@link close} has resolved. */
  ack({ message }: Held<Kept>): void {
    this.channel.ack(message as ConsumeMessage);
    this.acked += 1;
  }

  /**
   * Puts the letters back that were not acked, and resolves when they are there again.
   *
   * @throws TransientError when the channel broke before; whether the acks have arrived is unknown then.
   */
  close(): Promise<void> {
    this.closed ??= this.end();
    return this.closed;
  }

  private async end(): Promise<void> {
    try {
      await closeChannel(this.channel);
    } catch (cause) {
      throw unreachable(this.queue, cause);
    }
    if (this.letters.length > this.acked) await this.returned();
  }

  /** The next look would miss letters that are still on their way back. Others may take some: it is not waited for ever. */
  private async returned(): Promise<void> {
    const channel = await this.connection.openPlainChannel().catch(() => undefined);
    if (!channel) return;
    try {
      for (let check = 0; check < RETURN_CHECKS; check += 1) {
        const { messageCount } = await channel.checkQueue(this.queue);
        if (messageCount >= this.depth - this.acked) break;
        await delay(RETURN_CHECK_MS);
      }
      await closeChannel(channel);
    } catch {
      // RabbitMQ has gone away meanwhile; the letters are safe with it.
    }
  }
}

/** Letters that are ready in a queue. */
export async function readyIn(connection: BrokerConnection, queue: string): Promise<number> {
  const channel = await connection.openPlainChannel();
  try {
    return (await channel.checkQueue(queue)).messageCount;
  } catch (cause) {
    throw unreachable(queue, cause);
  } finally {
    await closeChannel(channel).catch(() => undefined);
  }
}

async function take<Kept>(
  channel: Channel,
  queue: string,
  count: number,
  keep: (message: ConsumeMessage) => Kept,
): Promise<Held<Kept>[]> {
  const held: Held<Kept>[] = [];
  if (count === 0) return held;
  const arrived = new Arrival(channel);
  await channel.prefetch(count);
  const { consumerTag } = await channel.consume(queue, (message) => {
    if (!message) return arrived.fail(new Error('the queue was deleted'));
    held.push({ message: { fields: message.fields }, kept: keep(message) });
    if (held.length === count) arrived.complete();
  });
  await arrived.awaited;
  await channel.cancel(consumerTag);
  return held;
}

/** Waits for letters: until all have come, none comes any more, or the channel has ended. */
class Arrival {
  readonly awaited: Promise<void>;
  complete: () => void = () => undefined;
  fail: (error: Error) => void = () => undefined;

  constructor(channel: Channel) {
    this.awaited = new Promise<void>((resolve, reject) => {
      this.complete = resolve;
      this.fail = reject;
    });
    const timer = setTimeout(() => this.complete(), ARRIVAL_TIMEOUT_MS);
    channel.once('close', () => this.fail(new Error('the channel was closed')));
    // Also before anybody awaits it: what is not handled would end the process.
    this.awaited.then(
      () => clearTimeout(timer),
      () => clearTimeout(timer),
    );
  }
}

const unreachable = (queue: string, cause: unknown): Error =>
  cause instanceof TransientError
    ? cause
    : new TransientError('BROKER_UNAVAILABLE', `lost RabbitMQ while looking at ${queue}`, { cause });
