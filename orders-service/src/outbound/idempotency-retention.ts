import { deleteFound, type Prunable } from '@holdfast/messaging';

const HOUR_MS = 3_600_000;

const OLD = {
  table: 'idempotency_keys',
  key: ['client_id', 'key'],
  query: 'SELECT client_id, key FROM idempotency_keys WHERE created_at < ? ORDER BY created_at LIMIT ?',
};

/** Idempotency keys with their stored answers: a request that comes after that is a new one. */
export const idempotencyRetention = (hours: number): Prunable => ({
  name: 'idempotency keys',
  keepMs: hours * HOUR_MS,
  prune: (tx, before, limit) => deleteFound(tx, OLD, [before, limit]),
});
