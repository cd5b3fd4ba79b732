import { type Pattern } from '@holdfast/contracts';
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

const SELECT = 'SELECT id, type, payload, metadata, occurred_at AS "occurredAt" FROM events';

const OF_STREAM = `${SELECT} WHERE stream_id = ? ORDER BY version`;

/** All that the log holds of one stream, oldest first; nothing where there is no such stream. */
export async function eventsOfStream(queries: Queries, streamId: string): Promise<StreamEvent[]> {
  return (await queries.all<StoredEvent>(OF_STREAM, [streamId])).map(streamEventOf);
}

/**
 * Events of one type in these streams that belong to one correlation, oldest first. The log has no index of correlations,
 * which every write would pay for: what is read are these streams, by the index that numbers their events.
 *
 * @param correlationId a UUID: it is looked for in the text of the metadata.
 */
export async function correlatedEvents(
  queries: Queries,
  streamIds: readonly string[],
  { type, correlationId }: { type: Pattern; correlationId: string },
): Promise<StreamEvent[]> {
  if (streamIds.length === 0) return [];
  const places = streamIds.map(() => '?').join(', ');
  const sql = `${SELECT} WHERE stream_id IN (${places}) AND type = ? AND metadata LIKE ? ORDER BY position`;
  const noted = `%"correlationId":${JSON.stringify(correlationId)}%`;
  return (await queries.all<StoredEvent>(sql, [...streamIds, type, noted])).map(streamEventOf);
}

const streamEventOf = ({ payload, metadata, ...event }: StoredEvent): StreamEvent => ({
  ...event,
  data: JSON.parse(payload) as Record<string, unknown>,
  causationId: (JSON.parse(metadata) as EventMetadata).causationId,
});
