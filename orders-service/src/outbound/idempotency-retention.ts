import { type Prunable } from '@holdfast/messaging';

const HOUR_MS = 3_600_000;

const PRUNE = `
  DELETE FROM idempotency_keys WHERE (client_id, key) IN (
    SELECT client_id, key FROM idempotency_keys WHERE created_at < ? ORDER BY created_at LIMIT ?)`;

/** Idempotency keys with their stored answers: a request that comes after that is a new one. */
export const idempotencyRetention = (hours: number): Prunable => ({
  name: 'idempotency keys',
  keepMs: hours * HOUR_MS,
  prune: (tx, before, limit) => tx.run(PRUNE, [before, limit]),
});
