import { type BrokerConnection, declareEvents, EVENTS_EXCHANGE, type ManagedChannel } from '@holdfast/messaging';

/** amqplib's channel, by way of the library that opens it. */
type Channel = Parameters<Parameters<BrokerConnection['openChannel']>[0]['setup']>[0];

const FINAL = ['order.confirmed', 'order.rejected', 'order.cancelled'] as const;

// Far more than a listener falls behind by; a stalled one loses the oldest instead of filling the broker.
const MAX_BACKLOG = 100_000;

// A moment without anyone who waits does not mean that nobody will.
const REST_AFTER_MS = 30_000;

/**
 * Hears of orders that become final, for as long as somebody wants to know: an event costs the broker and the gateway
 * about 30 µs of CPU together, as much as the gateway's whole HTTP side of an order, and most callers never wait.
 *
 * The queue ends with its connection, and an event that is missed is missed: who waits looks at the order in the end, and
 * who follows one looks at it when it can be heard again.
 */
export class FinalOrderEvents {
  private readonly channel: ManagedChannel<Channel>;
  private live: { channel: Channel; queue: string } | undefined;
  private bound: Promise<void> | undefined;
  private listeners = 0;
  private resting: NodeJS.Timeout | undefined;

  constructor(
    private readonly connection: BrokerConnection,
    private readonly heard: (orderId: string) => void,
    /** There was a time in which events passed unheard, and it is over. */
    private readonly mayHaveMissed: () => void,
  ) {
    this.channel = connection.openChannel({
      name: 'final orders',
      setup: (channel) => this.setUp(channel),
      onLost: () => {
        this.live = undefined;
        this.bound = undefined;
      },
    });
  }

  /**
   * Resolves when no event that is published from now on is missed; at once while RabbitMQ is away or blocks what it is
   * sent, and nothing can be ordered either. To be followed by one {@link rest}.
   */
  async listen(): Promise<void> {
    this.listeners += 1;
    clearTimeout(this.resting);
    if (!this.connection.blocked) await this.bind();
  }

  /** One listener less; without any, events are no longer sent here after a while. */
  rest(): void {
    this.listeners -= 1;
    if (this.listeners > 0) return;
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.unbind(), REST_AFTER_MS).unref();
  }

  private async setUp(channel: Channel): Promise<void> {
    await declareEvents(channel);
    const { queue } = await channel.assertQueue('', {
      exclusive: true,
      autoDelete: true,
      durable: false,
      arguments: { 'x-max-length': MAX_BACKLOG },
    });
    await channel.consume(
      queue,
      (message) => {
        // An event's correlation id is the id of the order: it need not be parsed.
        if (message) this.heard(String(message.properties.correlationId));
        else this.channel.restart();
      },
      { noAck: true },
    );
    this.live = { channel, queue };
    if (this.listeners === 0) return;
    await this.bind();
    this.mayHaveMissed();
  }

  private bind(): Promise<void> | undefined {
    if (this.live) this.bound ??= this.forEachType('bindQueue', this.live);
    return this.bound;
  }

  /** A channel does what it is told in order: a binding that is asked for right after this comes after it. */
  private unbind(): void {
    this.bound = undefined;
    if (this.live) void this.forEachType('unbindQueue', this.live);
  }

  /** Does not reject: what makes it fail is the loss of the channel, after which everything is set up anew. */
  private async forEachType(
    operation: 'bindQueue' | 'unbindQueue',
    { channel, queue }: { channel: Channel; queue: string },
  ): Promise<void> {
    await Promise.allSettled(FINAL.map(async (type) => channel[operation](queue, EVENTS_EXCHANGE, type)));
  }
}
