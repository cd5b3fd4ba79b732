import { type MessageData, newId, type Pattern } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type MessageOrigin } from '../consumer/message-context.js';

/** An event, or a command to another service, that is published because it is in the log. */
export interface NewEvent<P extends Pattern = Pattern> {
  /** What it is about: `order/<id>`, `product/<id>`, `reservation/<order id>`. */
  streamId: string;
  type: P;
  data: MessageData<P>;
}

/** Stored beside the payload, as JSON: where the event comes from. */
export interface EventMetadata {
  correlationId: string;
  /** Id of the message or event that caused this one. */
  causationId: string;
  traceparent?: string;
}

const APPEND = `
  INSERT INTO events (id, stream_id, version, type, payload, metadata, occurred_at)
  VALUES (?, ?, (SELECT coalesce(max(version), 0) + 1 FROM events WHERE stream_id = ?), ?, ?, ?, ?)`;

/**
 * PostgreSQL runs transactions side by side. Those that append to one stream take turns from here to their commit: each
 * sees the newest version, and versions have the order of positions.
 */
const ENTER_STREAM = 'SELECT pg_advisory_xact_lock(hashtextextended(?, 0))';

const REPUBLISH = `
  INSERT INTO republications (position)
  SELECT position FROM events WHERE stream_id = ? AND type = ? ORDER BY version DESC LIMIT 1`;

/**
 * Appends to the log, which is also the outbox: what this transaction commits is published, what it does not is not.
 * The id that the event gets here is its message id wherever it goes, however often.
 */
export async function appendEvent<P extends Pattern>(
  tx: Transaction,
  event: NewEvent<P>,
  origin: MessageOrigin,
): Promise<void> {
  const metadata: EventMetadata = {
    correlationId: origin.correlationId,
    causationId: origin.messageId,
    ...(origin.traceparent !== undefined && { traceparent: origin.traceparent }),
  };
  if (tx.dialect === 'postgres') await tx.run(ENTER_STREAM, [event.streamId]);
  await tx.run(APPEND, [
    newId(),
    event.streamId,
    event.streamId,
    event.type,
    JSON.stringify(event.data),
    JSON.stringify(metadata),
    Date.now(),
  ]);
}

/**
 * Has the newest event of a type in a stream published again, under its own message id: the answer to somebody who asks
 * a second time. The log itself does not change.
 */
export async function republishEvent(tx: Transaction, streamId: string, type: Pattern): Promise<void> {
  await tx.run(REPUBLISH, [streamId, type]);
}
