import { type CopiedRow } from './copied-table.js';

// A statement costs a round trip; what it carries is held in memory several times over on its way.
const MAX_ROWS = 1_000;
const MAX_CHARACTERS = 1_000_000;

/** The rows in groups that one statement carries: so many, or so long together; a longer one goes alone. */
export function* rowBatches(rows: Iterable<CopiedRow>): Generator<CopiedRow[]> {
  let batch: CopiedRow[] = [];
  let characters = 0;
  for (const row of rows) {
    const length = row.reduce((sum, value) => sum + (value?.length ?? 0), 0);
    if (batch.length === MAX_ROWS || (batch.length > 0 && characters + length > MAX_CHARACTERS)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(row);
    characters += length;
  }
  if (batch.length > 0) yield batch;
}
