// Tables in tables without end would have the printer run out of stack.
const MAX_DEPTH = 16;

/** Text that any database, terminal and page takes: well-formed, without control characters, and no longer than `max`. */
export function printableText(text: string, max: number): string {
  // Half a surrogate pair becomes U+FFFD on its way through bytes.
  const wellFormed = Buffer.from(text.slice(0, max), 'utf8').toString('utf8');
  const printable = wellFormed.replaceAll(/\p{Cc}/gu, '\ufffd');
  return text.length > max ? `${printable}…` : printable;
}

/** A value out of AMQP headers, which knows bytes, 64-bit numbers and times, as JSON has it. */
export function printableValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value === undefined || typeof value !== 'object' || value === null) return value ?? null;
  if (depth === MAX_DEPTH) return '…';
  if (value instanceof Uint8Array) return `base64:${Buffer.from(value).toString('base64')}`;
  if (Array.isArray(value)) return value.map((item) => printableValue(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, printableValue(item, depth + 1)]));
}
