// Types by their ids, which are fixed: https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat
const BOOL = 16;
const INT8 = 20;
const JSON_TEXT = 114;
const NUMERIC = 1700;
const JSONB = 3802;

type Parser = (text: string) => unknown;

const PARSERS: ReadonlyMap<number, Parser> = new Map<number, Parser>([
  [BOOL, (text) => (text === 't' ? 1 : 0)],
  [INT8, safeInteger],
  // What sum() makes of int8.
  [NUMERIC, (text) => (/^-?\d+$/.test(text) ? safeInteger(text) : Number(text))],
  [JSON_TEXT, (text) => text],
  [JSONB, (text) => text],
]);

/**
 * How values of PostgreSQL come back, as far as that differs from the driver's way: as they do from SQLite, so that code
 * above knows one way only.
 */
export function parserOf(type: number): Parser | undefined {
  return PARSERS.get(type);
}

/** @throws RangeError for an integer that a number cannot hold exactly: every one of ours can be held. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`the database gave an integer that is not safe: ${text}`);
  return value;
}
