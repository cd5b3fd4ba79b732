const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof levels)[number];

export type LogFields = Record<string, unknown>;
type Write = (message: string, fields?: LogFields) => void;

export interface Log {
  debug: Write;
  info: Write;
  warn: Write;
  error: Write;
}

export const isLogLevel = (text: string): text is LogLevel => (levels as readonly string[]).includes(text);

/**
 * JSON lines as the other parts write them: `level`, `time`, `part`, `msg` and what the caller adds. The console is where
 * Supabase takes a function's log from.
 */
export function createLog(part: string, threshold: LogLevel = 'info'): Log {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error'): Write =>
    (msg, fields = {}) => {
      if (levels.indexOf(level) < levels.indexOf(threshold)) return;
      console[level](JSON.stringify({ level, time: new Date().toISOString(), part, msg, ...fields }));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** What an error says, its causes included: of a failed `fetch` only the cause tells why. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${messageOf(error.cause)}`;
}
