import { beforeIdsOf } from '@holdfast/contracts';
import { deleteFound } from './delete-found.js';
import { type Prunable } from './prunable.js';

/**
 * A week. The retries of a message end within hours; what comes again later was sent again by hand, or by a broker that
 * was away for longer, and meets the unique key of what it would do twice.
 */
export const INBOX_KEEP_MS = 7 * 86_400_000;

// The id of a message tells when it was made, which is before it was handled: old rows are the beginning of the primary
// key. A row whose id is no UUIDv7, of a message published by hand, may lie behind that and stay.
const OLD = {
  table: 'inbox',
  key: ['message_id', 'consumer'],
  query: 'SELECT message_id, consumer FROM inbox WHERE message_id < ? AND processed_at < ? ORDER BY message_id LIMIT ?',
};

/** The rows of the inbox, by which a message that comes again is known. */
export const inboxRetention = (keepMs = INBOX_KEEP_MS): Prunable => ({
  name: 'inbox rows',
  keepMs,
  prune: (tx, before, limit) => deleteFound(tx, OLD, [beforeIdsOf(before), before, limit]),
});
