import { setTimeout as delay } from 'node:timers/promises';
import { type ConfirmChannel, connect } from 'amqplib';
import { timeOfUuidV7, uuidV7 } from '../../uuid-v7.js';
import { orderConfirmed } from '../order-confirmed.js';

export interface SourceConfig {
  amqpUrl: string;
}

/** Publishes this many events, to these clients in turn, as fast as the broker confirms them or at a steady rate. */
export interface SourceOrder {
  events: number;
  clientIds: readonly string[];
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
  #room: () => void = () => undefined;

  constructor(private readonly channel: ConfirmChannel) {}

  async publish({ events, clientIds, perSecond }: SourceOrder): Promise<Published> {
    const startedAt = Date.now();
    for (let done = 0; done < events; ) {
      const due = perSecond === undefined ? events : Math.ceil(((Date.now() - startedAt) / 1000) * perSecond);
      for (; done < Math.min(due, events); done += 1) {
        if (this.#unconfirmed >= MAX_UNCONFIRMED) await this.#untilRoom();
        this.#publishOne(clientIds[done % clientIds.length] ?? '');
      }
      if (done < events) await delay(TICK_MS);
    }
    await this.channel.waitForConfirms();
    return { startedAt };
  }

  /** With the properties that the relays give: the id is the event's, and says when it happened. */
  #publishOne(clientId: string): void {
    const messageId = uuidV7();
    const data = orderConfirmed(clientId);
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
const { amqpUrl } = JSON.parse(process.env.SOURCE_CONFIG ?? '{}') as SourceConfig;
const connection = await connect(amqpUrl, { noDelay: true });
const channel = await connection.createConfirmChannel();
for (const emitter of [connection, channel]) emitter.on('error', fail);
const source = new EventSource(channel);
process.on('message', (order: SourceOrder) => {
  source.publish(order).then((published) => process.send?.(published), fail);
});
process.send?.('ready');
