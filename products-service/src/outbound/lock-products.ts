import { type Transaction } from '@holdfast/platform';

// NO KEY UPDATE is what the UPDATE of a counter takes: it leaves the ledger's foreign keys alone.
export const LOCK = `
  SELECT id FROM products
  WHERE id = ANY (ARRAY(SELECT json_array_elements_text(?))) OR sku = ANY (ARRAY(SELECT json_array_elements_text(?)))
  ORDER BY id FOR NO KEY UPDATE`;

/**
 * Locks products by id or sku, in order of id, as every order takes its own: messages that share a transaction could else
 * wait for another one that waits for them. PostgreSQL only.
 */
export async function lockProducts(tx: Transaction, names: readonly string[]): Promise<void> {
  const list = JSON.stringify(names);
  await tx.all(LOCK, [list, list]);
}
