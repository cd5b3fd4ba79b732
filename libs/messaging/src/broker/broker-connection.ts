import { type Duplex } from 'node:stream';
import { type CheckResult, type Logger, maskedUrl, messageOf, TransientError } from '@holdfast/platform';
import { type AmqpConnectionManager, connect } from 'amqp-connection-manager';
import { type Channel, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { coalesceWrites } from '../coalesce-writes.js';
import { ManagedChannel, type ManagedChannelOptions } from './managed-channel.js';

// A peer that is gone without a word is noticed between two and three heartbeats later, within 30 s. Nothing here holds
// the event loop for as long as one.
const HEARTBEAT_S = 10;
export const RECONNECT_S = 3;
const CONNECT_TIMEOUT_MS = 5_000;

// amqplib keeps its socket on the connection without naming it in its types.
const socketOf = (connection: ChannelModel): Duplex => (connection.connection as unknown as { stream: Duplex }).stream;

export interface BrokerConnectionOptions {
  /** Broker URLs, tried in turn. */
  urls: readonly string[];
  /** Shown in RabbitMQ's management UI. */
  name: string;
  logger: Logger;
}

/**
 * A connection that comes back by itself. Services hold two: a memory or disk alarm blocks a connection that publishes,
 * and acks on the same connection would wait with it.
 */
export class BrokerConnection {
  private readonly manager: AmqpConnectionManager;
  private readonly channels = new Set<ManagedChannel<Channel> | ManagedChannel<ConfirmChannel>>();
  private blockedBy: string | undefined;
  private closing = false;

  constructor(private readonly options: BrokerConnectionOptions) {
    this.manager = connect([...options.urls], {
      heartbeatIntervalInSeconds: HEARTBEAT_S,
      reconnectTimeInSeconds: RECONNECT_S,
      connectionOptions: {
        timeout: CONNECT_TIMEOUT_MS,
        noDelay: true,
        clientProperties: { connection_name: options.name },
      },
    });
    this.watch();
  }

  get connected(): boolean {
    return this.manager.isConnected();
  }

  /** True while an alarm of the broker holds back what this connection publishes. */
  get blocked(): boolean {
    return this.blockedBy !== undefined;
  }

  /** Opens a channel that is set up again after every loss. */
  openChannel(options: Omit<ManagedChannelOptions<Channel>, 'logger'>): ManagedChannel<Channel> {
    const { logger } = this.options;
    return this.keep(new ManagedChannel({ ...options, logger }, (connection) => connection.createChannel()));
  }

  /** The same with publisher confirms, for what must not be lost. */
  openConfirmChannel(options: Omit<ManagedChannelOptions<ConfirmChannel>, 'logger'>): ManagedChannel<ConfirmChannel> {
    const { logger } = this.options;
    return this.keep(new ManagedChannel({ ...options, logger }, (connection) => connection.createConfirmChannel()));
  }

  /**
   * Opens a channel for one piece of work, which closes it. Nobody opens it again, and health does not look at it.
   *
   * @throws TransientError while there is no connection.
   */
  async openPlainChannel(): Promise<Channel> {
    const { logger, name } = this.options;
    try {
      if (!this.connected) throw new Error('there is no connection');
      const channel = await (this.manager.connection as ChannelModel).createChannel();
      // Whoever uses it learns of it from the call that fails; an error that nobody listens to would end the process.
      channel.on('error', (error: unknown) => {
        logger.warn({ connection: name, reason: messageOf(error) }, 'RabbitMQ closed a channel');
      });
      return channel;
    } catch (cause) {
      throw new TransientError('BROKER_UNAVAILABLE', 'RabbitMQ cannot be reached right now', { cause });
    }
  }

  health(): CheckResult {
    if (!this.connected) return { status: 'down', detail: 'no connection to RabbitMQ; trying again every 3 s' };
    if (this.blockedBy !== undefined) return { status: 'down', detail: `blocked by RabbitMQ: ${this.blockedBy}` };
    const lost = [...this.channels].find((channel) => !channel.current);
    return lost ? { status: 'down', detail: `channel ${lost.name} is not open` } : { status: 'up' };
  }

  async close(): Promise<void> {
    this.closing = true;
    for (const channel of this.channels) await channel.close();
    await this.manager.close();
  }

  private keep<C extends ManagedChannel<Channel> | ManagedChannel<ConfirmChannel>>(channel: C): C {
    this.channels.add(channel);
    const connection = this.manager.connection;
    if (connection) void channel.open(connection as ChannelModel);
    return channel;
  }

  private watch(): void {
    const { logger, name } = this.options;
    this.manager.on('connect', ({ url }) => {
      this.blockedBy = undefined;
      logger.info(
        { connection: name, broker: typeof url === 'string' ? maskedUrl(url) : name },
        'connected to RabbitMQ',
      );
      const connection = this.manager.connection as ChannelModel;
      coalesceWrites(socketOf(connection));
      for (const channel of this.channels) void channel.open(connection);
    });
    this.manager.on('connectFailed', ({ err }) => {
      logger.warn({ connection: name, reason: messageOf(err) }, 'cannot reach RabbitMQ; trying again in 3 s');
    });
    this.manager.on('disconnect', ({ err }) => {
      this.blockedBy = undefined;
      for (const channel of this.channels) channel.connectionLost();
      if (!this.closing) {
        logger.warn({ connection: name, reason: messageOf(err ?? 'closed') }, 'lost RabbitMQ; trying again in 3 s');
      }
    });
    this.manager.on('blocked', ({ reason }) => {
      this.blockedBy = reason;
      logger.error({ connection: name, reason }, 'RabbitMQ blocks publishing: look at its memory and disk alarms');
    });
    this.manager.on('unblocked', () => {
      this.blockedBy = undefined;
      logger.info({ connection: name }, 'RabbitMQ takes messages again');
    });
  }
}
