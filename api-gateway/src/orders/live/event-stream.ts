import { type ServerResponse } from 'node:http';
import { type OrderChange } from '@holdfast/contracts';
import { type FastifyReply } from 'fastify';
import { frameOf, GREETING, HEARTBEAT } from './sse-frame.js';

const HEADERS = {
  'content-type': 'text/event-stream',
  // A proxy that compresses or collects an answer would hold the events back.
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  // The connection has served its purpose with the stream. Left open, each would hold up the end of the gateway.
  connection: 'close',
};

interface Options {
  heartbeatMs: number;
  /** Its reader took nothing for two heartbeats, and the connection was cut. */
  onCut: () => void;
}

/** One open answer of `text/event-stream`. It keeps no more than what the order's few changes are. */
export class EventStream {
  private readonly raw: ServerResponse;
  private behind = false;

  /** Takes the answer over from Fastify and sends its headers, with those that are set already. */
  constructor(
    reply: FastifyReply,
    private readonly options: Options,
  ) {
    reply.hijack();
    this.raw = reply.raw;
    this.raw.writeHead(200, { ...reply.getHeaders(), ...HEADERS } as Record<string, string>);
    this.raw.write(GREETING);
    const heart = setInterval(() => this.beat(), options.heartbeatMs).unref();
    this.raw.once('close', () => clearInterval(heart));
  }

  send(changes: readonly OrderChange[]): void {
    if (changes.length > 0) this.raw.write(changes.map(frameOf).join(''));
  }

  /**
   * Ends it well, once its reader has what was sent: a client that wants more connects again with the id of the last event.
   */
  end(): void {
    this.raw.end();
  }

  /** What the kernel has not taken since the last beat, its reader has not read: it is gone or does not keep up. */
  private beat(): void {
    const unread = this.raw.writableLength > 0;
    if (unread && this.behind) {
      this.options.onCut();
      this.raw.destroy();
      return;
    }
    this.behind = unread;
    if (!this.raw.writableEnded) this.raw.write(HEARTBEAT);
  }
}
