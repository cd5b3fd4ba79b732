import { setMaxListeners } from 'node:events';
import { type QueueName } from '@holdfast/contracts';
import { type CheckResult, type Logger, messageOf, reached } from '@holdfast/platform';
import { type Channel, type ConsumeMessage, type Message } from 'amqplib';
import { type BrokerConnection } from '../broker/broker-connection.js';
import { type ManagedChannel } from '../broker/managed-channel.js';
import { reachedWhenWritten } from '../broker/when-written.js';
import { queues } from '../topology.js';
import { AckWindow } from './ack-window.js';
import { declareConsumedQueue } from './declare-consumed-queue.js';

export interface QueueConsumerOptions {
  connection: BrokerConnection;
  queue: QueueName;
  /** Unacked messages at a time; bounds memory and the size of a group commit. */
  prefetch: number;
  /** Resolves when the message may be acked; must not reject. */
  process: (message: ConsumeMessage, lost: AbortSignal) => Promise<void>;
  logger: Logger;
  /** How long nothing may come before it is looked whether anything could; 15 s unless told. */
  idleMs?: number;
}

/**
 * RabbitMQ does not always say that a consumer is gone: when a quorum queue of a cluster is deleted, some of its consumers
 * hear nothing. Three times in this, so that one is back well within the 30 s after which somebody should know.
 */
const IDLE_MS = 15_000;

/** One life of the consumer: acks belong on the channel that delivered, and end with it. */
interface Session {
  channel: Channel;
  consumerTag: string | undefined;
  acks: AckWindow;
  lost: AbortController;
  flushing: boolean;
}

/** Takes messages from one queue, on a channel of its own, for as long as the service lives. */
export class QueueConsumer {
  private readonly channel: ManagedChannel<Channel>;
  private session: Session | undefined;
  private draining = false;
  private drained: (() => void) | undefined;
  private inFlight = 0;
  /** When RabbitMQ last showed that it knows the consumer, by `performance.now()`. */
  private heardAt = 0;
  private looking = false;
  /** Looks in a row at which RabbitMQ knew of no consumer. */
  private unseen = 0;
  private readonly looks: NodeJS.Timeout;

  constructor(private readonly options: QueueConsumerOptions) {
    this.looks = setInterval(() => void this.lookAfterConsumer(), this.idleMs / 3).unref();
    this.channel = options.connection.openChannel({
      name: options.queue,
      setup: (channel) => this.consume(channel),
      onLost: () => this.endSession(),
    });
  }

  /** Messages being handled. */
  get busy(): number {
    return this.inFlight;
  }

  private get idleMs(): number {
    return this.options.idleMs ?? IDLE_MS;
  }

  ready(): Promise<void> {
    return this.channel.ready();
  }

  health(): CheckResult {
    if (this.draining) return { status: 'down', detail: 'draining' };
    return this.session?.consumerTag !== undefined
      ? { status: 'up' }
      : { status: 'down', detail: `nobody consumes ${this.options.queue}; trying again every 3 s` };
  }

  /** Takes nothing new, waits until what is in flight is done and acked, and closes the channel. */
  async drain(): Promise<void> {
    this.draining = true;
    clearInterval(this.looks);
    const { session } = this;
    if (queues[this.options.queue].inOrder) return this.leave(session);
    if (session) await this.cancel(session);
    if (this.inFlight > 0) await new Promise<void>((resolve) => (this.drained = resolve));
    if (session) this.flush(session);
    await this.channel.close();
  }

  /**
   * Gives back at once what is not handled yet. To cancel would make RabbitMQ serve the next consumer while messages are
   * still in hand here, and that one would be ahead of them.
   */
  private async leave(session: Session | undefined): Promise<void> {
    session?.lost.abort();
    await this.channel.close();
    if (this.inFlight > 0) await new Promise<void>((resolve) => (this.drained = resolve));
  }

  private async cancel({ channel, consumerTag }: Session): Promise<void> {
    if (consumerTag === undefined) return;
    try {
      await channel.cancel(consumerTag);
    } catch (error) {
      const { queue, logger } = this.options;
      logger.debug(
        { queue, reason: messageOf(error) },
        'the channel was lost while draining: nothing more comes on it',
      );
    }
  }

  private async consume(channel: Channel): Promise<void> {
    const { queue, prefetch, connection, logger } = this.options;
    await declareConsumedQueue(channel, queue, connection, logger);
    await channel.prefetch(prefetch);
    const acks = new AckWindow({
      ack: (deliveryTag, allUpTo) => channel.ack({ fields: { deliveryTag } } as Message, allUpTo),
    });
    const lost = new AbortController();
    // Each message in hand may wait for it, and there are `prefetch` of them; Node warns of a leak at eleven.
    setMaxListeners(0, lost.signal);
    const session: Session = { channel, consumerTag: undefined, acks, lost, flushing: false };
    this.session = session;
    if (this.draining) return;
    await this.subscribe(session);
  }

  private async subscribe(session: Session): Promise<void> {
    const { consumerTag } = await session.channel.consume(
      this.options.queue,
      (message) => this.received(session, message),
      { noAck: false },
    );
    session.consumerTag = consumerTag;
    this.heardAt = performance.now();
    // A stop may have come while the broker was starting the consumer; nobody else would cancel it.
    if (this.draining) await this.cancel(session);
  }

  /** Where the queue is gone, either way of asking ends the channel, and a new one declares it and consumes it. */
  private async lookAfterConsumer(): Promise<void> {
    const { session, options } = this;
    if (this.looking || this.draining || session?.consumerTag === undefined || this.inFlight > 0) return;
    if (performance.now() - this.heardAt < this.idleMs) return;
    this.looking = true;
    try {
      if (queues[options.queue].inOrder) await this.beAmongConsumers(session);
      else await this.subscribeAnew(session, session.consumerTag);
      this.heardAt = performance.now();
    } catch (error) {
      // It is known already why: a stop, or a connection that was lost meanwhile.
      if (this.draining || this.session !== session) return;
      const { queue, logger } = options;
      logger.warn({ queue, reason: messageOf(error) }, 'the consumer was lost without a word; starting it again');
    } finally {
      this.looking = false;
    }
  }

  /** Also where another instance has declared the queue anew meanwhile, and this one's consumer was of the old one. */
  private async subscribeAnew(session: Session, consumerTag: string): Promise<void> {
    await session.channel.cancel(consumerTag);
    await this.subscribe(session);
  }

  /** To cancel would let the next consumer begin while a message is perhaps on its way to this one: {@link leave}. */
  private async beAmongConsumers({ channel }: Session): Promise<void> {
    const { consumerCount } = await channel.checkQueue(this.options.queue);
    const heard = this.inFlight > 0 || performance.now() - this.heardAt < this.idleMs;
    // RabbitMQ also says none where the queue's leader does not answer in time, which does not last.
    this.unseen = consumerCount > 0 || heard ? 0 : this.unseen + 1;
    if (this.unseen < 2) return;
    this.unseen = 0;
    this.options.logger.warn({ queue: this.options.queue }, 'nobody consumes the queue; starting the consumer again');
    this.channel.restart();
  }

  private received(session: Session, message: ConsumeMessage | null): void {
    if (message === null) {
      // The queue was deleted or moved. The channel stays open and silent; without a new consumer it would stay so.
      this.options.logger.error({ queue: this.options.queue }, 'RabbitMQ cancelled the consumer; starting it again');
      session.consumerTag = undefined;
      this.channel.restart();
      return;
    }
    this.heardAt = performance.now();
    session.acks.delivered(message.fields.deliveryTag);
    this.inFlight += 1;
    void this.work(session, message);
  }

  private async work(session: Session, message: ConsumeMessage): Promise<void> {
    await this.options.process(message, session.lost.signal);
    this.inFlight -= 1;
    if (!session.lost.signal.aborted) {
      session.acks.settle(message.fields.deliveryTag);
      this.scheduleFlush(session);
    }
    if (this.inFlight === 0) this.drained?.();
  }

  private scheduleFlush(session: Session): void {
    if (session.flushing) return;
    session.flushing = true;
    setImmediate(() => {
      session.flushing = false;
      this.flush(session);
    });
  }

  private flush(session: Session): void {
    if (session.lost.signal.aborted) return;
    const { queue, logger } = this.options;
    try {
      reached('before-ack', queue);
      session.acks.flush();
      reachedWhenWritten('after-ack', queue);
    } catch (error) {
      logger.debug({ queue, reason: messageOf(error) }, 'the channel closed before the acks: the messages come again');
    }
  }

  private endSession(): void {
    const { session } = this;
    this.session = undefined;
    session?.lost.abort();
  }
}
