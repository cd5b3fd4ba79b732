import { deleteFound, type Prunable } from '@holdfast/messaging';

const HOUR_MS = 3_600_000;

export const CREATIONS = {
  table: 'product_creations',
  key: ['client_id', 'idempotency_key'],
  query: 'SELECT client_id, idempotency_key FROM product_creations WHERE created_at < ? ORDER BY created_at LIMIT ?',
};

/** Answers to requests for new products, by idempotency key: a request that comes after that is a new one. */
export const creationRetention = (hours: number): Prunable => ({
  name: 'answers to requests for products',
  keepMs: hours * HOUR_MS,
  prune: (tx, before, limit) => deleteFound(tx, CREATIONS, [before, limit]),
});

// A message that is delivered again comes within days. The rows also say who changed what, for whoever asks later.
const CHANGES_KEPT_MS = 90 * 24 * HOUR_MS;

export const CHANGES = {
  table: 'product_changes',
  key: ['request_id'],
  query: 'SELECT request_id FROM product_changes WHERE created_at < ? ORDER BY created_at LIMIT ?',
};

/** Changes of the catalogue that were asked for, with their answers. */
export const changeRetention: Prunable = {
  name: 'changes of products',
  keepMs: CHANGES_KEPT_MS,
  prune: (tx, before, limit) => deleteFound(tx, CHANGES, [before, limit]),
};
