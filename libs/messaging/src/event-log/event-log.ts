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

/** An event of a stream that is named beside it. */
export type EventOfStream = { [P in Pattern]: Pick<NewEvent<P>, 'type' | 'data'> }[Pattern];

/** Stored beside the payload, as JSON: where the event comes from. */
export interface EventMetadata {
  correlationId: string;
  /** Id of the message or event that caused this one. */
  causationId: string;
  traceparent?: string;
}

// The n-th of a statement: on PostgreSQL it sees the versions that there were before the statement.
const nthRow = (nth: number): string =>
  `(?, ?, (SELECT coalesce(max(version), 0) + ${nth} FROM events WHERE stream_id = ?), ?, ?, ?, ?)`;

const INSERT = 'INSERT INTO events (id, stream_id, version, type, payload, metadata, occurred_at) VALUES';

const APPEND = `${INSERT} ${nthRow(1)}`;

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
export function appendEvent<P extends Pattern>(
  tx: Transaction,
  { streamId, ...event }: NewEvent<P>,
  origin: MessageOrigin,
): Promise<void> {
  return append(tx, streamId, [event], origin);
}

/**
 * The same for several events of one stream, in their order. On PostgreSQL they share their statements: each is a round
 * trip, during which the transaction holds its locks.
 */
export function appendEvents(
  tx: Transaction,
  streamId: string,
  events: readonly EventOfStream[],
  origin: MessageOrigin,
): Promise<void> {
  return append(tx, streamId, events, origin);
}

async function append(
  tx: Transaction,
  streamId: string,
  events: readonly { type: Pattern; data: unknown }[],
  origin: MessageOrigin,
): Promise<void> {
  const metadata: EventMetadata = {
    correlationId: origin.correlationId,
    causationId: origin.messageId,
    ...(origin.traceparent !== undefined && { traceparent: origin.traceparent }),
  };
  const about = JSON.stringify(metadata);
  const rows = events.map(({ type, data }) => {
    return [newId(), streamId, streamId, type, JSON.stringify(data), about, Date.now()];
  });
  if (tx.dialect === 'sqlite') {
    for (const row of rows) await tx.run(APPEND, row);
    return;
  }
  // Without waiting in between: the server runs the second one when it has the lock, and only then looks at what there is.
  await Promise.all([
    tx.run(ENTER_STREAM, [streamId]),
    tx.run(`${INSERT} ${rows.map((_, index) => nthRow(index + 1)).join(', ')}`, rows.flat()),
  ]);
}

/**
 * Has the newest event of a type in a stream published again, under its own message id: the answer to somebody who asks
 * a second time. The log itself does not change.
 */
export async function republishEvent(tx: Transaction, streamId: string, type: Pattern): Promise<void> {
  await tx.run(REPUBLISH, [streamId, type]);
}
