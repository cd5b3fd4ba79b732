import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { type DatabaseLocation } from './database/database.js';

/** Every problem of a configuration at once, in words an operator can act on. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Validates the environment against a schema, as a whole, before anything connects. Variables that are set but empty
 * count as absent, as `.env` files write them.
 *
 * @throws ConfigError naming every variable that is wrong.
 */
export function loadConfig<S extends z.ZodType>(schema: S, env: NodeJS.ProcessEnv): z.infer<S> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

/** Reads `.env` of the working directory into the environment; what is set already wins. */
export function loadEnvFile(directory = process.cwd()): void {
  const file = resolve(directory, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`);

/** A whole number from the environment within bounds, with its default. */
export const integer = (bounds: { min: number; max: number; default: number }) =>
  wholeNumber(bounds.min, bounds.max).default(bounds.default);

/** A TCP port from the environment. */
export const port = (fallback: number) => integer({ min: 1, max: 65_535, default: fallback });

const isUrlOf = (schemes: readonly string[]) => (text: string) => {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  return parsed !== undefined && schemes.includes(parsed.protocol);
};

const isAmqpUrl = isUrlOf(['amqp:', 'amqps:']);

/** A URL's virtual host; without one it is `/`. Undefined where what stands there is no percent-encoding. */
function virtualHostOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname.slice(1)) || '/';
  } catch {
    return undefined;
  }
}

/**
 * What is wrong with each of several broker URLs, by its place among them and without what stands there: it holds a
 * password.
 */
function problemsOfBrokers(urls: readonly string[]): string[] {
  const nameOf = (index: number) => (urls.length === 1 ? 'the URL' : `URL ${index + 1} of ${urls.length}`);
  const hosts = urls.map((url) => (isAmqpUrl(url) ? virtualHostOf(url) : undefined));
  const [first] = hosts;
  return urls.flatMap((url, index) => {
    if (url === '') return [`${nameOf(index)} is empty`];
    if (hosts[index] === undefined) {
      return [
        `${nameOf(index)} must be amqp://… or amqps://…, with a comma, @ or / in its password written as %2C, %40, %2F`,
      ];
    }
    if (first === undefined || hosts[index] === first) return [];
    return [`${nameOf(index)} names another virtual host than the first: these would be two systems`];
  });
}

/** The nodes of a broker: one URL, or several separated by commas. */
export const amqpUrls = z
  .string()
  .default('amqp://guest:guest@127.0.0.1:5672')
  .transform((text) => text.split(',').map((url) => url.trim()))
  .superRefine((urls, context) => {
    for (const message of problemsOfBrokers(urls)) context.addIssue({ code: 'custom', message });
  });

export const redisUrl = z
  .string()
  .default('redis://127.0.0.1:6379')
  .refine(isUrlOf(['redis:', 'rediss:']), 'must be a redis:// or rediss:// URL');

/**
 * Where a service keeps its SQLite file: `sqlite:<path>`, or a plain path. Without a value it is `<name>.db` under
 * `DATA_DIR`.
 */
export const databaseUrl = z
  .string()
  .optional()
  .refine(
    (url) => url === undefined || !/^[a-z]+:\/\//i.test(url),
    'must be sqlite:<path> or a path; SQLite is what runs today',
  )
  .transform((url) => url?.replace(/^sqlite:/, ''));

const isPostgresUrl = isUrlOf(['postgres:', 'postgresql:']);

/** Where a service that stands on either database keeps its data: what {@link databaseUrl} takes, or a PostgreSQL URL. */
export const anyDatabaseUrl = z
  .string()
  .optional()
  .refine(
    (url) => url === undefined || isPostgresUrl(url) || !/^[a-z]+:\/\//i.test(url),
    'must be postgres://…, sqlite:<path> or a path',
  );

/** The database that {@link anyDatabaseUrl} means; without one, the SQLite file `fallbackFile`. */
export function databaseLocation(url: string | undefined, fallbackFile: string): DatabaseLocation {
  if (url !== undefined && isPostgresUrl(url)) return { dialect: 'postgres', url };
  return { dialect: 'sqlite', file: resolve(url?.replace(/^sqlite:/, '') ?? fallbackFile) };
}

/** What every part reads. */
export const commonConfig = {
  NODE_ENV: z.string().default('development'),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  AMQP_URL: amqpUrls,
  DATA_DIR: z.string().default('.data'),
};

/** A URL for a log: host and path, no credentials and no query. */
export function maskedUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
