// What a `?` has no meaning in: quoted text and names, dollar-quoted text, comments.
const SKIPPED = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|\?/g;

/**
 * The statement with PostgreSQL's parameters: every `?` becomes `$1`, `$2`, … in order. PostgreSQL's operators with a
 * question mark (`jsonb ? key`) cannot be written this way; their functions can (`jsonb_exists`).
 */
export function numberPlaceholders(sql: string): string {
  let count = 0;
  return sql.replace(SKIPPED, (piece) => {
    if (piece !== '?') return piece;
    count += 1;
    return `$${count}`;
  });
}

export interface PreparedText {
  /** Name of the prepared statement, the same on every connection. */
  name: string;
  text: string;
}

const prepared = new Map<string, PreparedText>();

/** The statement as a connection prepares it. The code's statements are few and fixed, so every one is kept. */
export function preparedText(sql: string): PreparedText {
  let statement = prepared.get(sql);
  if (!statement) {
    statement = { name: `s${prepared.size}`, text: numberPlaceholders(sql) };
    prepared.set(sql, statement);
  }
  return statement;
}
