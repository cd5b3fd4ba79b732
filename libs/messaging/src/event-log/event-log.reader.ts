import { type Queries } from '@holdfast/platform';

/** A row of the log as the relay publishes it. `payload` and `metadata` are JSON texts. */
export interface LoggedEvent {
  position: number;
  id: string;
  type: string;
  payload: string;
  metadata: string;
  /** Unix milliseconds. */
  occurredAt: number;
}

export interface Republication {
  /** Row of the request, deleted once it is done. */
  request: number;
  event: LoggedEvent;
}

const COLUMNS = 'e.position, e.id, e.type, e.payload, e.metadata, e.occurred_at AS "occurredAt"';

/** Reads the log for the relay, on the connections that never wait behind a write. */
export class EventLogReader {
  constructor(protected readonly queries: Queries) {}

  /** True while the log goes on behind a position that {@link EventLogReader.after} has to wait for. */
  get waiting(): boolean {
    return false;
  }

  /** The next events behind a position, in order; with one writer a position that is missing never comes. */
  after(position: number, limit: number): Promise<LoggedEvent[]> {
    return this.queries.all(`SELECT ${COLUMNS} FROM events e WHERE e.position > ? ORDER BY e.position LIMIT ?`, [
      position,
      limit,
    ]);
  }

  /** What is to be published again of the events up to a position. */
  async republications(limit: number, upTo: number): Promise<Republication[]> {
    const rows = await this.queries.all<LoggedEvent & { request: number }>(
      `SELECT r.id AS request, ${COLUMNS} FROM republications r JOIN events e ON e.position = r.position
       WHERE r.position <= ? ORDER BY r.id LIMIT ?`,
      [upTo, limit],
    );
    return rows.map(({ request, ...event }) => ({ request, event }));
  }

  /** The position up to which everything is published. */
  async relayed(): Promise<number> {
    const rows = await this.queries.all<{ position: number }>('SELECT position FROM relay_position');
    return rows[0]?.position ?? 0;
  }

  /** How many events wait behind a position, and since when the oldest does (Unix milliseconds). */
  async backlog(position: number): Promise<{ events: number; oldest: number | undefined }> {
    const rows = await this.queries.all<{ events: number; oldest: number | null }>(
      'SELECT count(*) AS events, min(occurred_at) AS oldest FROM events WHERE position > ?',
      [position],
    );
    return { events: rows[0]?.events ?? 0, oldest: rows[0]?.oldest ?? undefined };
  }
}
