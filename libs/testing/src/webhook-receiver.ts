import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Callback } from '@holdfast/contracts';
import { Webhook } from 'standardwebhooks';

/** A callback as it arrived. */
export interface ReceivedCallback extends Callback {
  headers: Record<string, string>;
  path: string;
  /** How often this event has come on this path, this time included. */
  attempt: number;
  /** What it was answered; 0 for nothing. */
  status: number;
}

export interface CallbackAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** `hang` answers nothing, `reset` cuts the connection. */
export type Reaction = CallbackAnswer | 'hang' | 'reset';

const ACCEPT: CallbackAnswer = { status: 204 };

/**
 * A subscriber's endpoint on 127.0.0.1: verifies every callback with the public library, keeps it, and answers as it is
 * told.
 */
export class WebhookReceiver {
  readonly received: ReceivedCallback[] = [];
  /** Callbacks whose signature was none of the secrets'. */
  readonly forged: string[] = [];
  /** Callbacks that were signed right, with a time that is more than five minutes off ours. */
  readonly stale: { id: string; path: string }[] = [];
  react: (callback: ReceivedCallback) => Reaction = () => ACCEPT;
  private readonly attempts = new Map<string, number>();
  private readonly secrets = new Map<string, string>();

  private constructor(
    private readonly server: Server,
    /** http://127.0.0.1:port */
    readonly origin: string,
  ) {
    server.on('request', (request, response) => void this.take(request, response));
  }

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new WebhookReceiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** What is sent to a path must be signed with this secret. */
  expects(path: string, secret: string): void {
    this.secrets.set(path, secret);
  }

  /** What was accepted on a path, in the order of arrival. */
  acceptedOn(path: string): ReceivedCallback[] {
    return this.received.filter((callback) => callback.path === path && Math.floor(callback.status / 100) === 2);
  }

  /** How often each event was sent to a path and not accepted there, by id. */
  refusedOn(path: string): Map<string, number> {
    const refused = this.received.filter(({ status }) => Math.floor(status / 100) !== 2);
    const times = new Map<string, number>();
    for (const callback of [...refused, ...this.stale]) {
      if (callback.path === path) times.set(callback.id, (times.get(callback.id) ?? 0) + 1);
    }
    return times;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const headers = request.headers as Record<string, string>;
    const rejected = this.rejectionOf(path, body, headers);
    if (rejected) {
      if (rejected === 'forged') this.forged.push(body);
      else this.stale.push({ id: headers['webhook-id'] ?? '', path });
      response.writeHead(401).end();
      return;
    }
    const content = JSON.parse(body) as Callback;
    const callback = { ...content, headers, path, attempt: this.count(`${path} ${content.id}`), status: 0 };
    this.received.push(callback);
    this.answer(callback, response);
  }

  /** Why a callback is not taken; undefined when it is genuine. */
  private rejectionOf(path: string, body: string, headers: Record<string, string>): 'forged' | 'stale' | undefined {
    const secret = this.secrets.get(path);
    if (secret === undefined) return 'forged';
    try {
      new Webhook(secret).verify(body, headers);
      return undefined;
    } catch (error) {
      return /timestamp too (old|new)/.test(String(error)) ? 'stale' : 'forged';
    }
  }

  private count(key: string): number {
    const attempt = (this.attempts.get(key) ?? 0) + 1;
    this.attempts.set(key, attempt);
    return attempt;
  }

  private answer(callback: ReceivedCallback, response: ServerResponse): void {
    const reaction = this.react(callback);
    if (reaction === 'hang') return;
    if (reaction === 'reset') {
      response.socket?.resetAndDestroy();
      return;
    }
    callback.status = reaction.status;
    response.writeHead(reaction.status, reaction.headers).end(reaction.body);
  }
}
