import { type Pattern } from '@holdfast/contracts';
import { type DatabaseLocation, runStatement } from '@holdfast/platform';

/**
 * Asks the relay of a service, which may be running, to publish events again, under their own message ids: whoever has
 * handled one drops it.
 *
 * @param since when the first of them happened, Unix milliseconds.
 * @returns how many will be published.
 */
export function publishAgain(
  location: DatabaseLocation,
  { since, types }: { since: number; types: readonly Pattern[] },
): Promise<number> {
  const sql = `
    INSERT INTO republications (position)
    SELECT position FROM events WHERE occurred_at >= ? AND type IN (${types.map(() => '?').join(', ')}) ORDER BY position`;
  return runStatement(location, sql, [since, ...types]);
}
