/** One line of a part's log, made readable: `HH:MM:SS.mmm  orders    INFO   message  key=value …`. */
export interface LogLineStyle {
  /** Width of the column with the part's name. */
  nameWidth: number;
  colour: boolean;
}

/** pino's numeric levels. */
const LEVELS: Readonly<Record<number, string>> = {
  10: 'TRACE',
  20: 'DEBUG',
  30: 'INFO',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};

const COLOURS: Readonly<Record<string, number>> = { TRACE: 90, DEBUG: 90, INFO: 32, WARN: 33, ERROR: 31, FATAL: 31 };

/** Said by the column with the part's name, or true of every line of one process. */
const LEFT_OUT = new Set(['level', 'time', 'msg', 'part', 'pid', 'hostname', 'name', 'v']);

/**
 * Renders one line of a part's output. A line that is not a pino record is passed on unchanged behind the part's name,
 * with `now` as its time.
 */
export function renderLogLine(part: string, line: string, style: LogLineStyle, now: Date): string {
  const record = parseRecord(line);
  if (record === undefined) return `${prefix(part, now, style)}  ${line}`;
  const level = levelOf(record.level);
  const fields = Object.entries(record)
    .filter(([key]) => !LEFT_OUT.has(key) && key !== 'err')
    .map(([key, value]) => paint(`${key}=${renderValue(value)}`, 90, style));
  const message = typeof record.msg === 'string' ? record.msg : '';
  const text = [message, ...fields, ...renderError(record.err)].filter(Boolean).join('  ');
  const time = timeOf(record.time) ?? now;
  return `${prefix(part, time, style)}  ${paint(level.padEnd(5), COLOURS[level] ?? 0, style)}  ${text}`;
}

/** A line of the launcher's own, in the same columns. */
export function renderOwnLine(
  level: 'INFO' | 'WARN' | 'ERROR',
  message: string,
  style: LogLineStyle,
  now: Date,
): string {
  return `${prefix('start', now, style)}  ${paint(level.padEnd(5), COLOURS[level] ?? 0, style)}  ${message}`;
}

function parseRecord(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const record = JSON.parse(line) as Record<string, unknown>;
    return 'level' in record ? record : undefined;
  } catch {
    return undefined;
  }
}

function prefix(part: string, time: Date, style: LogLineStyle): string {
  return `${paint(clock(time), 90, style)}  ${paint(part.padEnd(style.nameWidth), 36, style)}`;
}

function clock(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const milliseconds = String(time.getMilliseconds()).padStart(3, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${milliseconds}`;
}

function levelOf(level: unknown): string {
  return typeof level === 'number' ? (LEVELS[level] ?? String(level)) : String(level).toUpperCase();
}

function timeOf(time: unknown): Date | undefined {
  if (typeof time !== 'number' && typeof time !== 'string') return undefined;
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function renderValue(value: unknown): string {
  if (typeof value === 'string') return /^[^\s="]+$/.test(value) ? value : JSON.stringify(value);
  return JSON.stringify(value);
}

/** The stack begins with the error's name and message; without one, what there is. */
function renderError(err: unknown): string[] {
  if (err === undefined || err === null) return [];
  if (typeof err !== 'object') return [`err=${renderValue(err)}`];
  const { stack, message } = err as { stack?: unknown; message?: unknown };
  if (typeof stack === 'string') return [`\n    ${stack.replaceAll('\n', '\n    ')}`];
  return [`err=${renderValue(message ?? err)}`];
}

function paint(text: string, code: number, { colour }: LogLineStyle): string {
  return colour && code !== 0 ? `\u001b[${code}m${text}\u001b[0m` : text;
}
