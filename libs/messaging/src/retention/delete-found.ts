import { forUpdate, type SqlValue, type Transaction } from '@holdfast/platform';

/**
 * Deletes the rows that a query finds. Several instances that do it at once take different ones: what another transaction
 * has locked is left out.
 *
 * @param key the columns of the table's primary key; `query` selects them and has a LIMIT.
 * @returns how many rows are gone.
 */
export function deleteFound(
  tx: Transaction,
  { table, key, query }: { table: string; key: readonly string[]; query: string },
  params: readonly SqlValue[],
): Promise<number> {
  const columns = key.join(', ');
  // MATERIALIZED: in the condition itself PostgreSQL may run the query once per row, and find more rows each time.
  return tx.run(
    `WITH found AS MATERIALIZED (${query}${forUpdate(tx, 'skip')})
     DELETE FROM ${table} WHERE (${columns}) IN (SELECT ${columns} FROM found)`,
    params,
  );
}
