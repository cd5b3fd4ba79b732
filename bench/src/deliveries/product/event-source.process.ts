import { setTimeout as delay } from 'node:timers/promises';
import { type ConfirmChannel, connect } from 'amqplib';
import { timeOfUuidV7, uuidV7 } from '../../uuid-v7.js';
import { clientOf, orderConfirmed } from '../order-confirmed.js';

export interface SourceConfig {
  amqpUrl: string;
  /** Events go to the clients of these endpoints in turn. */
  endpoints: number;
}

/** Publishes this many events, as fast as the broker confirms them or at a steady rate. */
export interface SourceOrder {
  events: number;
  perSecond?: number;
}

/** Epoch milliseconds of the first publish. */
export interface Published {
  startedAt: number;
}

const EXCHANGE = 'events';
const TYPE = 'order.confirmed';

/** Enough that the broker always has work, few enough that it does not slow its publishers down. */
const MAX_UNCONFIRMED = 1_000;

const TICK_MS = 5;

class EventSource {
  #unconfirmed = 0;
  #published = 0;
  #room: () => void = () => undefined;

  constructor(
    private readonly channel: ConfirmChannel,
    private readonly endpoints: number,
  ) {}

  async publish({ events, perSecond }: SourceOrder): Promise<Published> {
    const startedAt = Date.now();
    for (let done = 0; done < events; ) {
      const due = perSecond === undefined ? events : Math.ceil(((Date.now() - startedAt) / 1000) * perSecond);
      for (; done < Math.min(due, events); done += 1) {
        if (this.#unconfirmed >= MAX_UNCONFIRMED) await this.#untilRoom();
        this.#publishOne();
      }
      if (done < events) await delay(TICK_MS);
    }
    await this.channel.waitForConfirms();
    return { startedAt };
  }

  /** With the properties that the relays give: the id is the event's, and says when it happened. */
  #publishOne(): void {
    const messageId = uuidV7();
    const data = orderConfirmed(clientOf(this.#published % this.endpoints));
    this.#published += 1;
    this.#unconfirmed += 1;
    const properties = {
      messageId,
      correlationId: messageId,
      type: TYPE,
      timestamp: Math.floor(timeOfUuidV7(messageId) / 1000),
      contentType: 'application/json',
      persistent: true,
    };
    this.channel.publish(EXCHANGE, TYPE, Buffer.from(JSON.stringify({ pattern: TYPE, data })), properties, (error) => {
      if (error) fail(new Error('the broker refused an event'));
      this.#unconfirmed -= 1;
      this.#room();
    });
  }

  #untilRoom(): Promise<void> {
    return new Promise((resolve) => {
      this.#room = resolve;
    });
  }
}

function fail(error: Error): never {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(1);
}

process.once('disconnect', () => process.exit(0));
const { amqpUrl, endpoints } = JSON.parse(process.env.SOURCE_CONFIG ?? '{}') as SourceConfig;
const connection = await connect(amqpUrl, { noDelay: true });
const channel = await connection.createConfirmChannel();
for (const emitter of [connection, channel]) emitter.on('error', fail);
const source = new EventSource(channel, endpoints);
process.on('message', (order: SourceOrder) => {
  source.publish(order).then((published) => process.send?.(published), fail);
});
process.send?.('ready');
