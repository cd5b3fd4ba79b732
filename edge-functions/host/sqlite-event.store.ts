import { type Database } from 'better-sqlite3';
import { type EventRow } from '../logger/event-row.ts';
import { type EventStore } from '../logger/event-store.ts';
import { messageOf } from '../shared/log.ts';
import { StoreUnavailableError } from '../shared/store.errors.ts';
import { openSqlite } from './open-sqlite.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS webhook_events (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    subject TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    previous_event_id TEXT,
    order_id TEXT,
    client_id TEXT,
    product_id TEXT,
    status TEXT,
    amount INTEGER,
    currency TEXT,
    occurred_at TEXT NOT NULL,
    received_at TEXT NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload))
  ) STRICT;
  CREATE INDEX IF NOT EXISTS webhook_events_by_subject ON webhook_events (subject, sequence);
  CREATE INDEX IF NOT EXISTS webhook_events_by_time ON webhook_events (occurred_at);
`;

const INSERT = `
  INSERT INTO webhook_events (
    id, type, subject, sequence, previous_event_id, order_id, client_id, product_id, status, amount, currency,
    occurred_at, received_at, payload
  ) VALUES (
    @id, @type, @subject, @sequence, @previous_event_id, @order_id, @client_id, @product_id, @status, @amount, @currency,
    @occurred_at, @received_at, @payload
  ) ON CONFLICT (id) DO NOTHING
`;

/** The same table as on Supabase, in a local file. */
export class SqliteEventStore implements EventStore {
  readonly #database: Database;

  constructor(file: string) {
    this.#database = openSqlite(file, SCHEMA);
  }

  async save(row: EventRow): Promise<boolean> {
    try {
      const parameters = { ...row, payload: JSON.stringify(row.payload) };
      return this.#database.prepare(INSERT).run(parameters).changes === 1;
    } catch (error) {
      throw new StoreUnavailableError(`SQLite: ${messageOf(error)}`);
    }
  }

  close(): void {
    this.#database.close();
  }
}
