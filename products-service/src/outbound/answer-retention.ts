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

// A message that is delivered again comes within days. The rows also say who asked for what, for whoever wants to know later.
const REQUESTS_KEPT_MS = 90 * 24 * HOUR_MS;

export const CHANGES = {
  table: 'product_changes',
  key: ['request_id'],
  query: 'SELECT request_id FROM product_changes WHERE created_at < ? ORDER BY created_at LIMIT ?',
};

/** Changes of the catalogue that were asked for, with their answers. */
export const changeRetention: Prunable = {
  name: 'changes of products',
  keepMs: REQUESTS_KEPT_MS,
  prune: (tx, before, limit) => deleteFound(tx, CHANGES, [before, limit]),
};

export const ADJUSTMENT_REFUSALS = {
  table: 'adjustment_requests',
  key: ['request_id'],
  // In the order of the index, whose first column is the same in all of them, which PostgreSQL does not see.
  query: `
    SELECT request_id FROM adjustment_requests
    WHERE movement_position IS NULL AND created_at < ? ORDER BY movement_position, created_at LIMIT ?`,
};

/**
 * Adjustments that were refused, with their keys. Nothing was done for them.
 *
 * Those that were made stay for good, with their keys, one for each movement of the ledger, which is kept for good as well:
 * they say why it is there and whose it is. They are also all that tells that an adjustment was made: its message leaves no
 * inbox row. Without the row it would be made again when it is delivered again; without the key, when a repeat under
 * another message id is, which leaves no row of its own and may have lain among the dead letters for longer than any
 * answer is kept. A key that is kept for longer than is promised does nobody harm; a second delivery of goods in the books does.
 *
 * A refused message that comes again after its row is gone is judged anew: it is made once at most, and is refused or
 * answered from the stored answer where its request was made under the same key meanwhile.
 */
export const refusalRetention: Prunable = {
  name: 'refused adjustments',
  keepMs: REQUESTS_KEPT_MS,
  prune: (tx, before, limit) => deleteFound(tx, ADJUSTMENT_REFUSALS, [before, limit]),
};
