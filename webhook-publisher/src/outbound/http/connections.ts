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
    // First, so that a request on it is told whose doing it is.
    const destroyed = this.client.destroy();
    this.socket?.destroy();
    await destroyed;
  }
}

/** The connections to one origin. */
interface Origin {
  /** The one used last at the end: it is taken first, so that those not needed get old. */
  readonly idle: Connection[];
  /** How many stand or are being opened. */
  open: number;
}

/**
 * Connections by origin. One is lent to one request at a time and comes back when its answer has been read to the end; one
 * that failed never comes back. undici's Agent and Pool would let requests to one origin wait for each other behind a
 * limit, or without one would open more connections than there are requests; here there are as many as requests at once.
 */
export class Connections {
  private readonly open = new Set<Connection>();
  /**
   * Those with open connections. Adding and deleting with every request would be costly: each time V8 makes a new table
   * for a Map or Set the old one keeps it, and what it held, from being collected early.
   */
  private readonly origins = new Map<string, Origin>();
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
    const idle = this.origins.get(origin)?.idle.pop();
    if (idle === undefined) return this.openTo(origin);
    idle.idle = false;
    this.idleCount -= 1;
    return idle;
  }

  giveBack(connection: Connection): void {
    const idle = this.origins.get(connection.origin)?.idle;
    if (idle === undefined || this.idleCount >= this.limits.maxIdle) {
      this.discard(connection);
      return;
    }
    connection.idle = true;
    this.idleCount += 1;
    idle.push(connection);
  }

  discard(connection: Connection): void {
    void connection.destroy();
    const origin = this.origins.get(connection.origin);
    if (!this.open.delete(connection) || origin === undefined) return;
    origin.open -= 1;
    if (origin.open === 0) this.origins.delete(connection.origin);
  }

  /** Ends them all, lent ones too; resolves when every socket is closed. */
  async close(): Promise<void> {
    const all = [...this.open];
    this.open.clear();
    this.origins.clear();
    this.idleCount = 0;
    await Promise.all(all.map((connection) => connection.destroy()));
  }

  private openTo(name: string): Connection {
    const connection = new Connection(name, this.rules, this.limits, (ended) => this.onDisconnect(ended));
    const origin = this.origins.get(name) ?? { idle: [], open: 0 };
    origin.open += 1;
    this.origins.set(name, origin);
    this.open.add(connection);
    return connection;
  }

  /** A lent one is its borrower's: its request is told, or it opens a socket again before it sends anything. */
  private onDisconnect(connection: Connection): void {
    if (!connection.idle) return;
    connection.idle = false;
    const idle = this.origins.get(connection.origin)?.idle ?? [];
    const index = idle.indexOf(connection);
    if (index === -1) return;
    idle.splice(index, 1);
    this.idleCount -= 1;
    this.discard(connection);
  }
}
