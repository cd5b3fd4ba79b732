import { type Database } from '@holdfast/platform';
import { EventLogReader } from './event-log.reader.js';
import { PostgresEventLogReader } from './postgres-event-log.reader.js';

/** The log of a database, as its relay reads it. */
export function openEventLog({ dialect, queries }: Pick<Database, 'dialect' | 'queries'>): EventLogReader {
  return dialect === 'postgres' ? new PostgresEventLogReader(queries) : new EventLogReader(queries);
}
