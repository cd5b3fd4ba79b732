import { createHash } from 'node:crypto';
import pg, { type ClientConfig } from 'pg';
import { type ProcessLock } from './process-lock.js';

/** Keeps our advisory locks apart from those that others may take in the same database: "hold". */
const LOCK_CLASS = 0x686f6c64;

// The holder's machine may vanish without a word. The server then finds out within 10 + 3 × 5 s instead of Linux's two
// hours, and gives the lock to another process.
const KEEPALIVE = `
  SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
         set_config('tcp_keepalives_count', '3', false)`;

export type LockKey = [lockClass: number, lock: number];

/** A lock's number, by its name within the schema: services may have schemas of one database. */
export async function lockKeyOf(client: pg.Client, name: string): Promise<LockKey> {
  const { rows } = await client.query<{ schema: string }>('SELECT current_schema() AS schema');
  const digest = createHash('sha256').update(`${rows[0]?.schema}.${name}`).digest();
  return [LOCK_CLASS, digest.readInt32BE(0)];
}

interface Session {
  client: pg.Client;
  key: LockKey;
  /** Where the holder listens. */
  channel: string;
}

/** A session's advisory lock, on a connection of its own: the server gives it back when that connection ends. */
export class PostgresProcessLock implements ProcessLock {
  private session: Session | undefined;
  private taken = false;
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly config: ClientConfig,
    private readonly name: string,
  ) {}

  get held(): boolean {
    return this.taken;
  }

  async take(): Promise<boolean> {
    if (this.taken) return true;
    this.taken = await this.inSession(async ({ client, key, channel }) => {
      const { rows } = await client.query<{ taken: number }>('SELECT pg_try_advisory_lock($1, $2) AS taken', key);
      if (rows[0]?.taken !== 1) return false;
      await client.query(`LISTEN ${channel}`);
      // The connection may have ended since.
      return this.session?.client === client;
    });
    return this.taken;
  }

  async call(): Promise<void> {
    await this.inSession(({ client, channel }) => client.query(`NOTIFY ${channel}`));
  }

  onCall(listener: () => void): void {
    this.listeners.push(listener);
  }

  async release(): Promise<void> {
    await this.session?.client.end();
    this.lose();
  }

  private async inSession<T>(ask: (session: Session) => Promise<T>): Promise<T> {
    const session = this.session ?? (await this.connect());
    try {
      return await ask(session);
    } catch (error) {
      // Whatever state the connection is in, the next one is in a better.
      this.lose();
      session.client.end().catch(() => undefined);
      throw error;
    }
  }

  private async connect(): Promise<Session> {
    const client = new pg.Client(this.config);
    const lost = () => {
      if (this.session?.client === client) this.lose();
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', () => {
      for (const listener of this.listeners) listener();
    });
    await client.connect();
    await client.query(KEEPALIVE);
    const key = await lockKeyOf(client, this.name);
    this.session = { client, key, channel: `holdfast_${key[1] >>> 0}` };
    return this.session;
  }

  private lose(): void {
    this.session = undefined;
    this.taken = false;
  }
}
