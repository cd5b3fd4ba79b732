import { type Queries } from '@holdfast/platform';
import { type EventMetadata } from './event-log.js';

/** An event of a stream, as whoever shows a history reads it. */
export interface StreamEvent {
  /** Message id of the event wherever it went. */
  id: string;
  type: string;
  data: Record<string, unknown>;
  /** Id of the message that caused it. */
  causationId: string;
  /** Unix milliseconds. */
  occurredAt: number;
}

interface StoredEvent {
  id: string;
  type: string;
  payload: string;
  metadata: string;
  occurredAt: number;
}

const OF_STREAM = `
  SELECT id, type, payload, metadata, occurred_at AS "occurredAt" FROM events WHERE stream_id = ? ORDER BY version`;

/** All that the log holds of one stream, oldest first; nothing where there is no such stream. */
export async function eventsOfStream(queries: Queries, streamId: string): Promise<StreamEvent[]> {
  const rows = await queries.all<StoredEvent>(OF_STREAM, [streamId]);
  return rows.map(({ payload, metadata, ...event }) => ({
    ...event,
    data: JSON.parse(payload) as Record<string, unknown>,
    causationId: (JSON.parse(metadata) as EventMetadata).causationId,
  }));
}
