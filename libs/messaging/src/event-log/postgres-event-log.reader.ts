import { EventLogReader, type LoggedEvent } from './event-log.reader.js';

// An INSERT takes this lock before it takes a position, and keeps it until its transaction has ended and can be seen.
const WRITERS = `
  SELECT virtualtransaction AS id FROM pg_locks
  WHERE relation = 'events'::regclass AND mode = 'RowExclusiveLock'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * Reads the log where many transactions write it at a time. Positions are given out in order but become visible when
 * their transactions commit, so one that is missing may still come. The reader stops there until it cannot come any more:
 * until every transaction has ended that was writing the log when a later position was visible. What is missing then was
 * rolled back.
 */
export class PostgresEventLogReader extends EventLogReader {
  /** Positions up to here that are missing never come. */
  private settled = 0;
  /** Positions up to `position` are settled when these transactions have ended. */
  private settling: { position: number; writers: ReadonlySet<string> } | undefined;
  private stopped = false;

  override get waiting(): boolean {
    return this.stopped;
  }

  override async after(position: number, limit: number): Promise<LoggedEvent[]> {
    // Before the log is read: what the last of the writers has committed is then seen.
    await this.settle();
    const rows = await super.after(position, limit);
    const events = this.withoutGap(position, rows);
    this.stopped = events.length < rows.length;
    // Most gaps are closed by the next read; only one that stops everything is worth a look at the locks.
    if (this.stopped && events.length === 0) await this.watch(rows);
    return events;
  }

  private async settle(): Promise<void> {
    if (!this.settling) return;
    const { position, writers } = this.settling;
    for (const id of await this.writers()) if (writers.has(id)) return;
    this.settled = position;
    this.settling = undefined;
  }

  private withoutGap(position: number, rows: LoggedEvent[]): LoggedEvent[] {
    let expected = position + 1;
    const gap = rows.findIndex((event) => {
      const missing = event.position !== expected && event.position > this.settled;
      expected = event.position + 1;
      return missing;
    });
    return gap < 0 ? rows : rows.slice(0, gap);
  }

  private async watch(rows: LoggedEvent[]): Promise<void> {
    const newest = rows.at(-1);
    if (this.settling || !newest) return;
    this.settling = { position: newest.position, writers: await this.writers() };
  }

  /** The transactions that are writing the log: each has taken its positions, or is about to. */
  private async writers(): Promise<Set<string>> {
    const rows = await this.queries.all<{ id: string }>(WRITERS);
    return new Set(rows.map(({ id }) => id));
  }
}
