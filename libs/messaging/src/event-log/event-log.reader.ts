import { type DataSource } from 'typeorm';

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

/** Reads the log for the relay, on the connection that never waits behind a write. */
export class EventLogReader {
  constructor(private readonly reads: DataSource) {}

  after(position: number, limit: number): Promise<LoggedEvent[]> {
    return this.reads.query(`SELECT ${COLUMNS} FROM events e WHERE e.position > ? ORDER BY e.position LIMIT ?`, [
      position,
      limit,
    ]);
  }

  async republications(limit: number): Promise<Republication[]> {
    const rows: (LoggedEvent & { request: number })[] = await this.reads.query(
      `SELECT r.id AS request, ${COLUMNS} FROM republications r JOIN events e ON e.position = r.position ORDER BY r.id LIMIT ?`,
      [limit],
    );
    return rows.map(({ request, ...event }) => ({ request, event }));
  }

  /** The position up to which everything is published. */
  async relayed(): Promise<number> {
    const rows: { position: number }[] = await this.reads.query('SELECT position FROM relay_position');
    return rows[0]?.position ?? 0;
  }

  /** How many events wait behind a position, and since when the oldest does (Unix milliseconds). */
  async backlog(position: number): Promise<{ events: number; oldest: number | undefined }> {
    const rows: { events: number; oldest: number | null }[] = await this.reads.query(
      'SELECT count(*) AS events, min(occurred_at) AS oldest FROM events WHERE position > ?',
      [position],
    );
    return { events: rows[0]?.events ?? 0, oldest: rows[0]?.oldest ?? undefined };
  }
}
