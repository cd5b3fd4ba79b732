import { randomUUID } from 'node:crypto';
import { type Database } from 'better-sqlite3';
import { CLAIM_MS, type Claim, type Claims, type FinishedAs, type MessageKey } from '../notifier/claims.ts';
import { messageOf } from '../shared/log.ts';
import { StoreUnavailableError } from '../shared/store.errors.ts';
import { openSqlite } from './open-sqlite.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS webhook_notifications (
    event_id TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    claim_token TEXT NOT NULL,
    claimed_until INTEGER NOT NULL,
    finished_as TEXT CHECK (finished_as IN ('sent', 'refused')),
    finished_at INTEGER,
    PRIMARY KEY (event_id, chat_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS webhook_notifications_by_time ON webhook_notifications (finished_at);
`;

const CLAIM = `
  INSERT INTO webhook_notifications (event_id, chat_id, claim_token, claimed_until)
  VALUES (@eventId, @chat, @token, @until)
  ON CONFLICT (event_id, chat_id) DO UPDATE SET claim_token = @token, claimed_until = @until
  WHERE finished_as IS NULL AND claimed_until < @now
`;
const FIND =
  'SELECT finished_as AS finishedAs FROM webhook_notifications WHERE event_id = @eventId AND chat_id = @chat';
const FINISH = `
  UPDATE webhook_notifications SET finished_as = @as, finished_at = @now WHERE event_id = @eventId AND chat_id = @chat
`;
const RELEASE = `
  DELETE FROM webhook_notifications
  WHERE event_id = @eventId AND chat_id = @chat AND claim_token = @token AND finished_as IS NULL
`;
const FORGET = 'DELETE FROM webhook_notifications WHERE finished_at < ?';

// Longer than the longest retry schedule that makes sense; an event that is replayed after it is told again.
const REMEMBERED_MS = 30 * 24 * 3600 * 1000;

/** Claims in a local file: a restart forgets none. */
export class SqliteClaims implements Claims {
  readonly #database: Database;
  readonly #now: () => number;

  /** @param now Unix milliseconds. */
  constructor(file: string, now: () => number) {
    this.#database = openSqlite(file, SCHEMA);
    this.#now = now;
  }

  claim(key: MessageKey): Promise<Claim> {
    return this.#run(() => {
      const token = randomUUID();
      const now = this.#now();
      const claimed = this.#database.prepare(CLAIM).run({ ...key, token, until: now + CLAIM_MS, now });
      if (claimed.changes === 1) return { state: 'claimed', token };
      const found = this.#database.prepare<MessageKey, { finishedAs: string | null }>(FIND).get({ ...key });
      return found && found.finishedAs !== null ? { state: 'finished' } : { state: 'taken' };
    });
  }

  finish(key: MessageKey, as: FinishedAs): Promise<void> {
    return this.#run(() => {
      this.#database.prepare(FINISH).run({ ...key, as, now: this.#now() });
      this.#database.prepare(FORGET).run(this.#now() - REMEMBERED_MS);
    });
  }

  release(key: MessageKey, token: string): Promise<void> {
    return this.#run(() => void this.#database.prepare(RELEASE).run({ ...key, token }));
  }

  close(): void {
    this.#database.close();
  }

  async #run<T>(work: () => T): Promise<T> {
    try {
      return work();
    } catch (error) {
      throw new StoreUnavailableError(`SQLite: ${messageOf(error)}`);
    }
  }
}
