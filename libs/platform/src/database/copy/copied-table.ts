/** What a column of ours can hold on PostgreSQL ({@link SqlTypes}): yes and no are 0 and 1 there too, JSON is text. */
export type CopiedType = 'bigint' | 'text' | 'bytea';

export interface CopiedColumn {
  name: string;
  type: CopiedType;
  /** The database gives its values out. */
  identity: boolean;
}

export interface CopiedTable {
  name: string;
  columns: readonly CopiedColumn[];
  /** Tables that have to be filled before it. */
  refersTo: readonly string[];
}

/**
 * A row on its way, in the order of its columns, as text that is the same for both dialects: whole numbers as their digits,
 * bytes as `\x` and theirs. A number of SQLite may have 64 bits, which one of JavaScript cannot hold.
 */
export type CopiedRow = readonly (string | null)[];

const TYPES: Record<string, CopiedType> = { bigint: 'bigint', text: 'text', bytea: 'bytea' };

/** @throws Error for a type that {@link SqlTypes} does not have. */
export function copiedType(table: string, column: string, type: string): CopiedType {
  const known = TYPES[type];
  if (known === undefined) throw new Error(`${table}.${column} is ${type}, which is not copied`);
  return known;
}

/** A name as either dialect reads it, whatever it is. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
