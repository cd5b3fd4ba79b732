import { type Logger, messageOf } from '@holdfast/platform';
import { type Channel, type ChannelModel } from 'amqplib';
import { closeChannel } from './close-channel.js';

const REOPEN_MS = 3_000;

export interface ManagedChannelOptions<C extends Channel> {
  name: string;
  logger: Logger;
  /** Runs on every new channel before it counts as open: declarations, prefetch, consumers. */
  setup: (channel: C) => Promise<void>;
  /** The channel is gone, with everything unacked and unconfirmed on it. */
  onLost?: () => void;
}

/**
 * A channel that survives: after a reconnect, and after the broker closed the channel alone (a refused
 * declaration, a deleted queue), which the connection manager leaves closed for ever.
 */
export class ManagedChannel<C extends Channel> {
  readonly name: string;
  /** The open channel, or undefined while there is none. */
  current: C | undefined;
  private opening: C | undefined;
  private connection: ChannelModel | undefined;
  private reopenTimer: NodeJS.Timeout | undefined;
  private closed = false;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly options: ManagedChannelOptions<C>,
    private readonly create: (connection: ChannelModel) => Promise<C>,
  ) {
    this.name = options.name;
  }

  /** Opens a channel on a connection that has just come up. */
  async open(connection: ChannelModel): Promise<void> {
    this.connection = connection;
    try {
      const channel = await this.create(connection);
      this.opening = channel;
      channel.on('error', (error: unknown) => {
        this.options.logger.error({ channel: this.name, reason: messageOf(error) }, 'RabbitMQ closed a channel');
      });
      channel.on('close', () => this.lost(channel));
      await this.options.setup(channel);
      if (this.opening !== channel) return;
      this.current = channel;
      for (const resume of this.waiting.splice(0)) resume();
    } catch (error) {
      if (this.closed || connection !== this.connection) return;
      this.options.logger.error(
        { channel: this.name, reason: messageOf(error) },
        'could not set a channel up; trying again in 3 s',
      );
      this.restart();
    }
  }

  /** Resolves when the channel is open. */
  async ready(): Promise<void> {
    if (!this.current) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Gives the channel up and opens a new one after a moment, in milliseconds. */
  restart(afterMs = REOPEN_MS): void {
    const channel = this.opening;
    if (channel) {
      this.lost(channel, afterMs);
      closeChannel(channel).catch((error: unknown) => {
        this.options.logger.debug(
          { channel: this.name, reason: messageOf(error) },
          'the old channel was closed already',
        );
      });
    } else {
      this.scheduleReopen(afterMs);
    }
  }

  connectionLost(): void {
    this.connection = undefined;
    clearTimeout(this.reopenTimer);
    if (this.opening) this.lost(this.opening);
  }

  /** Resolves when RabbitMQ has closed the channel, or it is gone otherwise. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.reopenTimer);
    const channel = this.opening;
    this.current = undefined;
    this.opening = undefined;
    if (!channel) return;
    this.options.onLost?.();
    try {
      await closeChannel(channel);
    } catch (error) {
      this.options.logger.debug({ channel: this.name, reason: messageOf(error) }, 'the channel was closed already');
    }
  }

  private lost(channel: C, reopenAfterMs = REOPEN_MS): void {
    if (this.opening !== channel) return;
    this.opening = undefined;
    this.current = undefined;
    this.options.onLost?.();
    this.scheduleReopen(reopenAfterMs);
  }

  private scheduleReopen(afterMs: number): void {
    if (this.closed || !this.connection) return;
    const connection = this.connection;
    clearTimeout(this.reopenTimer);
    this.reopenTimer = setTimeout(() => {
      if (!this.closed && this.connection === connection) void this.open(connection);
    }, afterMs);
    this.reopenTimer.unref();
  }
}
