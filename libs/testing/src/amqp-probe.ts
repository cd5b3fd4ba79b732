import { randomUUID } from 'node:crypto';
import {
  type ChannelModel,
  type ConfirmChannel,
  type ConsumeMessage,
  connect,
  type Options,
  type Replies,
} from 'amqplib';
import { waitUntil } from './wait-until.js';

/** A message as a test looks at it. */
export interface SeenMessage {
  routingKey: string;
  /** The body, parsed where it is JSON. */
  body: unknown;
  raw: Buffer;
  messageId: string | undefined;
  correlationId: string | undefined;
  headers: Record<string, unknown>;
}

export interface Publication extends Options.Publish {
  /** '' by default: the routing key is then the name of a queue. */
  exchange?: string;
}

/** A client of the broker with no code of ours in it: what it sees is what is on the wire. */
export class AmqpProbe {
  private constructor(
    private readonly connection: ChannelModel,
    private readonly channel: ConfirmChannel,
  ) {}

  static async open(urls: string): Promise<AmqpProbe> {
    const connection = await connectToAny(urls.split(','));
    connection.on('error', () => undefined);
    return new AmqpProbe(connection, await connection.createConfirmChannel());
  }

  /** Publishes a body (an object as JSON) and waits for the confirm. */
  async publish(routingKey: string, body: unknown, { exchange = '', ...properties }: Publication = {}): Promise<void> {
    const content = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    this.channel.publish(exchange, routingKey, content, properties);
    await this.channel.waitForConfirms();
  }

  /** Publishes many messages, JSON bodies, and waits once for the confirms of all. */
  async publishAll(
    messages: readonly { routingKey: string; body: unknown; publication: Publication }[],
  ): Promise<void> {
    for (const { routingKey, body, publication } of messages) {
      const { exchange = '', ...properties } = publication;
      this.channel.publish(exchange, routingKey, Buffer.from(JSON.stringify(body)), properties);
    }
    await this.channel.waitForConfirms();
  }

  /** Takes one message, or undefined where there is none. */
  async take(queue: string): Promise<SeenMessage | undefined> {
    const message = await this.channel.get(queue, { noAck: true });
    return message === false ? undefined : seen(message.fields.routingKey, message);
  }

  /** Waits for a message in a queue and takes it. */
  next(queue: string, timeoutMs?: number): Promise<SeenMessage> {
    return waitUntil(
      `there is a message in ${queue}`,
      () => this.take(queue),
      timeoutMs === undefined ? {} : { timeoutMs },
    );
  }

  /** Messages that are ready in a queue; those that a consumer holds are not among them. 0 where there is no queue. */
  async depth(queue: string): Promise<number> {
    return (await this.checked(queue))?.messageCount ?? 0;
  }

  /** Consumers that a queue has at this moment; 0 where there is no queue. */
  async consumers(queue: string): Promise<number> {
    return (await this.checked(queue))?.consumerCount ?? 0;
  }

  /** Everything that passes an exchange from now on, in order, or what a queue holds and gets; acked as it comes. */
  async collect(source: { queue: string } | { exchange: string; routingKey: string }): Promise<SeenMessage[]> {
    const messages: SeenMessage[] = [];
    const queue = 'queue' in source ? source.queue : await this.tap(source.exchange, source.routingKey);
    await this.channel.consume(
      queue,
      (message) => {
        if (message) messages.push(seen(message.fields.routingKey, message));
      },
      { noAck: true },
    );
    return messages;
  }

  /** A request with direct reply-to; resolves to the parsed reply. */
  async ask(queue: string, body: unknown, properties: Options.Publish = {}): Promise<unknown> {
    const channel = await this.connection.createChannel();
    const correlationId = properties.correlationId ?? randomUUID();
    try {
      const replied = new Promise<ConsumeMessage | null>((resolve, reject) => {
        channel.consume('amq.rabbitmq.reply-to', resolve, { noAck: true }).catch(reject);
      });
      channel.sendToQueue(queue, Buffer.from(JSON.stringify(body)), {
        messageId: correlationId,
        ...properties,
        correlationId,
        replyTo: 'amq.rabbitmq.reply-to',
      });
      const reply = await replied;
      return reply && seen('', reply).body;
    } finally {
      await channel.close();
    }
  }

  /** The channel itself, for what the probe has no word for: declarations, consumers that do not ack. */
  get raw(): ConfirmChannel {
    return this.channel;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  /** undefined where there is no queue. */
  private async checked(queue: string): Promise<Replies.AssertQueue | undefined> {
    // A channel of its own: RabbitMQ closes the one on which an absent queue is asked for.
    const channel = await this.connection.createChannel();
    channel.on('error', () => undefined);
    try {
      const found = await channel.checkQueue(queue);
      await channel.close();
      return found;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  private async tap(exchange: string, routingKey: string): Promise<string> {
    const { queue } = await this.channel.assertQueue('', { exclusive: true });
    await this.channel.bindQueue(queue, exchange, routingKey);
    return queue;
  }
}

/** Opens a probe on the first broker that lets it in; `urls` as `AMQP_URL` has them, separated by commas. */
export const openProbe = (urls: string): Promise<AmqpProbe> => AmqpProbe.open(urls);

async function connectToAny([url, ...others]: string[]): Promise<ChannelModel> {
  try {
    return await connect(String(url), { clientProperties: { connection_name: 'probe' } });
  } catch (error) {
    if (others.length === 0) throw error;
    return connectToAny(others);
  }
}

function seen(
  routingKey: string,
  { content, properties }: Pick<ConsumeMessage, 'content' | 'properties'>,
): SeenMessage {
  return {
    routingKey,
    body: parsed(content),
    raw: content,
    messageId: properties.messageId as string | undefined,
    correlationId: properties.correlationId as string | undefined,
    headers: (properties.headers ?? {}) as Record<string, unknown>,
  };
}

function parsed(content: Buffer): unknown {
  const text = content.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const isNotFound = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 404;
