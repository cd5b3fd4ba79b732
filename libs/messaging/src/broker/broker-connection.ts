import { type Duplex } from 'node:stream';
import { type CheckResult, type Logger, maskedUrl, messageOf, TransientError } from '@holdfast/platform';
import { type AmqpConnectionManager, connect } from 'amqp-connection-manager';
import { type Channel, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { coalesceWrites } from '../coalesce-writes.js';
import { BrokerTurns, brokerAddress } from './broker-turns.js';
import { closeConnection } from './close-connection.js';
import { ManagedChannel, type ManagedChannelOptions } from './managed-channel.js';

// A peer that is gone without a word is noticed between two and three heartbeats later, within 30 s. Nothing here holds
// the event loop for as long as one.
const HEARTBEAT_S = 10;
/** How long after all brokers have failed they are tried again. */
export const RECONNECT_S = 3;
const CONNECT_TIMEOUT_MS = 5_000;

// When to try whom is for BrokerTurns. The manager pauses before every attempt, and takes 0 for its default of seconds.
const MANAGER_PAUSE_S = 0.001;

// amqplib keeps its socket on the connection without naming it in its types.
const socketOf = (connection: ChannelModel): Duplex => (connection.connection as unknown as { stream: Duplex }).stream;

export interface BrokerConnectionOptions {
  /** Nodes of one broker, tried in turn from the first one on. */
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
  private readonly turns: BrokerTurns;
  /** Where it is connected, or was last. */
  private address = '';
  private readonly channels = new Set<ManagedChannel<Channel> | ManagedChannel<ConfirmChannel>>();
  private blockedBy: string | undefined;
  private closing = false;

  constructor(private readonly options: BrokerConnectionOptions) {
    this.turns = new BrokerTurns(options.urls, RECONNECT_S * 1_000);
    this.manager = connect(null, {
      findServers: () => this.turns.next(),
      heartbeatIntervalInSeconds: HEARTBEAT_S,
      reconnectTimeInSeconds: MANAGER_PAUSE_S,
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
    if (!this.connected) {
      const brokers = this.options.urls.map(brokerAddress).join(', ');
      return { status: 'down', detail: `no connection to RabbitMQ (${brokers}); trying again every ${RECONNECT_S} s` };
    }
    if (this.blockedBy !== undefined) {
      return { status: 'down', detail: `blocked by RabbitMQ (${this.address}): ${this.blockedBy}` };
    }
    const lost = [...this.channels].find((channel) => !channel.current);
    return lost ? { status: 'down', detail: `channel ${lost.name} is not open (${this.address})` } : { status: 'up' };
  }

  async close(): Promise<void> {
    this.closing = true;
    this.turns.stop();
    await Promise.all([...this.channels].map((channel) => channel.close()));
    await closeConnection(this.manager);
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
      this.turns.connected();
      this.address = brokerAddress(String(url));
      this.blockedBy = undefined;
      logger.info({ connection: name, broker: maskedUrl(String(url)) }, 'connected to RabbitMQ');
      const connection = this.manager.connection as ChannelModel;
      coalesceWrites(socketOf(connection));
      for (const channel of this.channels) void channel.open(connection);
    });
    this.manager.on('connectFailed', ({ err, url }) => {
      if (this.closing) return;
      this.turns.connectFailed();
      const broker = url === undefined ? undefined : brokerAddress(String(url));
      logger.warn({ connection: name, broker, reason: messageOf(err) }, `cannot reach RabbitMQ; ${this.whatNext()}`);
    });
    this.manager.on('disconnect', ({ err }) => {
      this.turns.lost();
      this.blockedBy = undefined;
      for (const channel of this.channels) channel.connectionLost();
      if (this.closing) return;
      const reason = messageOf(err ?? 'closed');
      logger.warn({ connection: name, broker: this.address, reason }, `lost RabbitMQ; ${this.whatNext()}`);
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
  private whatNext(): string {
    return this.turns.pauses ? `trying again in ${RECONNECT_S} s` : 'trying the next node';
  }
}
