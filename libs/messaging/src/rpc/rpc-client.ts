import { type MessageData, messages, type Pattern } from '@holdfast/contracts';
import { type ConfirmChannel, type ConsumeMessage, type Message } from 'amqplib';
import { type BrokerConnection } from '../broker/broker-connection.js';
import { type ManagedChannel } from '../broker/managed-channel.js';
import { AFTER_NACK_MS, isNack } from '../broker/nack.js';
import { reachedWhenWritten } from '../broker/when-written.js';
import { NoAnswerError, RequestNotSentError } from './rpc.errors.js';

/** Patterns that are sent to a queue and answered. */
export type RequestPattern = {
  [P in Pattern]: (typeof messages)[P] extends { kind: 'event' } ? never : P;
}[Pattern];

export interface RequestOptions {
  /** UUIDv7; message id and correlation id of the request, and of everything that it sets in motion. */
  requestId: string;
  timeoutMs: number;
  traceparent?: string | undefined;
}

interface Pending {
  resolve: (response: unknown) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

const REPLY_TO = 'amq.rabbitmq.reply-to';

/**
 * Requests over RabbitMQ with direct reply-to, a time limit and a cap on what is in flight. Nest's client waits for ever
 * when the connection drops after the publish. What is not answered is unknown, confirmed or not; the confirms are for
 * what RabbitMQ refuses, which would look like a service that does not answer.
 */
export class RpcClient {
  private readonly channel: ManagedChannel<ConfirmChannel>;
  private readonly pending = new Map<string, Pending>();

  constructor(
    private readonly connection: BrokerConnection,
    private readonly maxInFlight: number,
  ) {
    this.channel = connection.openConfirmChannel({
      name: 'requests',
      setup: async (channel) => {
        channel.on('return', (message: Message) => this.returned(message));
        await channel.consume(REPLY_TO, (message) => this.answered(message), { noAck: true });
      },
      onLost: () => this.abandon('the connection to RabbitMQ was lost before the answer came'),
    });
  }

  get inFlight(): number {
    return this.pending.size;
  }

  ready(): Promise<void> {
    return this.channel.ready();
  }

  /**
   * Sends a command or query to its queue and resolves to the handler's answer.
   *
   * @throws RequestNotSentError when nothing was sent, or no queue takes it, or its queue has no leader.
   * @throws NoAnswerError when no answer came in time or the connection was lost: the outcome is unknown.
   */
  request<P extends RequestPattern>(pattern: P, data: MessageData<P>, options: RequestOptions): Promise<unknown> {
    const channel = this.channel.current;
    if (!channel || this.connection.blocked) {
      return Promise.reject(new RequestNotSentError('BROKER_UNAVAILABLE', 'RabbitMQ does not take messages right now'));
    }
    if (this.pending.size >= this.maxInFlight) {
      return Promise.reject(
        new RequestNotSentError('OVERLOADED', `${this.pending.size} requests are in flight already`),
      );
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.settle(options.requestId)?.reject(new NoAnswerError(`no answer to ${pattern} in ${options.timeoutMs} ms`));
      }, options.timeoutMs);
      this.pending.set(options.requestId, { resolve, reject, timer });
      this.publish(channel, pattern, data, options);
    });
  }

  /** Ends what is still waiting; its outcome is unknown. */
  async close(): Promise<void> {
    this.abandon('the client was closed before the answer came');
    await this.channel.close();
  }

  private publish(channel: ConfirmChannel, pattern: RequestPattern, data: unknown, options: RequestOptions): void {
    const { requestId, traceparent } = options;
    const { queue, kind } = messages[pattern];
    const properties = {
      messageId: requestId,
      correlationId: requestId,
      replyTo: REPLY_TO,
      type: pattern,
      contentType: 'application/json',
      timestamp: Math.floor(Date.now() / 1000),
      persistent: kind === 'command',
      mandatory: true,
      ...(traceparent !== undefined && { headers: { traceparent } }),
    };
    const body = Buffer.from(JSON.stringify({ pattern, data, id: requestId }));
    try {
      channel.publish('', queue, body, properties, (error: unknown) => this.confirmed(requestId, queue, error));
      reachedWhenWritten('request-written', pattern);
    } catch {
      this.notSent(requestId, 'the channel has just closed');
    }
  }

  /** A quorum queue that refuses a message does not have it. A channel that ends instead of a confirm abandons all. */
  private confirmed(requestId: string, queue: string, error: unknown): void {
    if (!isNack(error)) return;
    this.notSent(requestId, `${queue} has no leader right now`);
    this.channel.restart(AFTER_NACK_MS);
  }

  private answered(message: ConsumeMessage | null): void {
    if (message === null) {
      this.channel.restart();
      return;
    }
    const waiting = this.settle(String(message.properties.correlationId));
    if (!waiting) return;
    const reply = replyIn(message);
    if (reply) waiting.resolve(reply.response);
    else waiting.reject(new Error(`the handler failed: ${message.content.toString('utf8').slice(0, 300)}`));
  }

  private returned(message: Message): void {
    this.notSent(String(message.properties.messageId), `there is no queue ${message.fields.routingKey} yet`);
  }

  private notSent(requestId: string, why: string): void {
    this.settle(requestId)?.reject(new RequestNotSentError('BROKER_UNAVAILABLE', why));
  }

  private abandon(why: string): void {
    for (const requestId of [...this.pending.keys()]) this.settle(requestId)?.reject(new NoAnswerError(why));
  }

  private settle(requestId: string): Pending | undefined {
    const waiting = this.pending.get(requestId);
    if (!waiting) return undefined;
    this.pending.delete(requestId);
    clearTimeout(waiting.timer);
    return waiting;
  }
}

/** Nest's reply, or undefined where it is a failure or no reply at all. */
function replyIn(message: ConsumeMessage): { response: unknown } | undefined {
  try {
    const reply: unknown = JSON.parse(message.content.toString('utf8'));
    return typeof reply === 'object' && reply !== null && 'response' in reply ? reply : undefined;
  } catch {
    return undefined;
  }
}
