import { type Socket } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import { type ConnectRules, checkedConnect } from './checked-connect.js';

/** How long a connection may wait for its next request, and how many may do so. */
export interface IdleLimits {
  /** Where the answer's `Keep-Alive` says nothing. Servers close after 5 s and more (Node 5, nginx 75, Apache 5). */
  readonly idleMs: number;
  /** Of all origins together: each holds a file descriptor here and a slot at its server. */
  readonly maxIdle: number;
}

/** What a server's `Keep-Alive` may ask for at most. */
const MAX_IDLE_MS = 60_000;
const MAX_HEADER_BYTES = 16_384;

/** One HTTP/1.1 connection, or the attempt to open it. */
export class Connection {
  idle = false;
  private readonly client: Client;
  private socket: Socket | undefined;

  constructor(
    readonly origin: string,
    rules: ConnectRules,
    { idleMs }: IdleLimits,
    onDisconnect: (connection: Connection) => void,
  ) {
    this.client = new Client(origin, {
      connect: (to, callback) => {
        this.socket = checkedConnect(to, rules, callback);
      },
      pipelining: 1,
      maxHeaderSize: MAX_HEADER_BYTES,
      keepAliveTimeout: idleMs,
      keepAliveMaxTimeout: MAX_IDLE_MS,
      // One deadline holds for the whole attempt, and it is not undici's.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    this.client.on('disconnect', () => onDisconnect(this));
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.client.dispatch(options, handler);
  }

  /** Also ends a connection that is still being opened. Resolves when its socket is closed. */
  async destroy(): Promise<void> {
    this.socket?.destroy();
    await this.client.destroy();
  }
}

/**
 * Connections by origin. One is lent to one request at a time and comes back when its answer has been read to the end; one
 * that failed never comes back. undici's Agent and Pool would let requests to one origin wait for each other behind a
 * limit, or without one would open more connections than there are requests; here there are as many as requests at once.
 */
export class Connections {
  private readonly open = new Set<Connection>();
  /** Only origins that have idle connections, the one used last at the end, so that those not needed get old. */
  private readonly idle = new Map<string, Connection[]>();
  private idleCount = 0;

  constructor(
    private readonly rules: ConnectRules,
    private readonly limits: IdleLimits,
  ) {}

  /** How many stand or are being opened. */
  get size(): number {
    return this.open.size;
  }

  lend(origin: string): Connection {
    const idle = this.idle.get(origin)?.at(-1);
    if (idle !== undefined) return this.unshelve(idle);
    const connection = new Connection(origin, this.rules, this.limits, (ended) => {
      // A lent one is its borrower's: its request is told, or it opens a socket again before it sends anything.
      if (ended.idle) this.discard(this.unshelve(ended));
    });
    this.open.add(connection);
    return connection;
  }

  giveBack(connection: Connection): void {
    if (this.idleCount >= this.limits.maxIdle || !this.open.has(connection)) {
      this.discard(connection);
      return;
    }
    connection.idle = true;
    this.idleCount += 1;
    const others = this.idle.get(connection.origin);
    if (others === undefined) this.idle.set(connection.origin, [connection]);
    else others.push(connection);
  }

  discard(connection: Connection): void {
    this.open.delete(connection);
    void connection.destroy();
  }

  /** Ends them all; resolves when every socket is closed. */
  async close(): Promise<void> {
    const all = [...this.open];
    this.open.clear();
    this.idle.clear();
    this.idleCount = 0;
    await Promise.all(all.map((connection) => connection.destroy()));
  }

  private unshelve(connection: Connection): Connection {
    const shelf = this.idle.get(connection.origin) ?? [];
    const index = shelf.lastIndexOf(connection);
    if (index !== -1) shelf.splice(index, 1);
    if (shelf.length === 0) this.idle.delete(connection.origin);
    connection.idle = false;
    this.idleCount -= 1;
    return connection;
  }
}
