import { type LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

// Names under which a secret could reach a log line; pino replaces the values before anything is written.
const SECRET_PATHS = [
  'authorization',
  'password',
  'secret',
  'apiKey',
  'headers.authorization',
  'req.headers.authorization',
];

/** JSON lines on stdout, one object each: `level`, `time` (ISO 8601), `part`, `msg` and what the caller adds. */
export function createLogger(part: string, level: string): Logger {
  return pino({
    level,
    base: { part },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_PATHS, censor: '[redacted]' },
  });
}

const context = (params: unknown[]): string | undefined =>
  typeof params.at(-1) === 'string' ? (params.at(-1) as string) : undefined;

/** Nest's own messages as pino lines. Its start-up chatter is of interest to debugging only. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, ...params: unknown[]) => logger.debug({ context: context(params) }, String(message)),
  debug: (message: unknown, ...params: unknown[]) => logger.debug({ context: context(params) }, String(message)),
  verbose: (message: unknown, ...params: unknown[]) => logger.trace({ context: context(params) }, String(message)),
  warn: (message: unknown, ...params: unknown[]) => logger.warn({ context: context(params) }, String(message)),
  error: (message: unknown, ...params: unknown[]) => logger.error({ context: context(params) }, String(message)),
  fatal: (message: unknown, ...params: unknown[]) => logger.fatal({ context: context(params) }, String(message)),
});
