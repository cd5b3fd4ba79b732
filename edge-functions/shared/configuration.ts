import { isLogLevel, type LogLevel } from './log.ts';

/** The environment, as `process.env` and `Deno.env.toObject()` give it. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Every problem of a configuration at once, in words that say what to set. Never quotes a secret. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not valid:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** Reads variables one by one and tells of everything that is wrong in the end. Set but empty counts as absent. */
export class ConfigurationReader {
  readonly #env: Environment;
  readonly #problems: string[] = [];

  constructor(env: Environment) {
    this.#env = env;
  }

  optional(name: string): string | undefined {
    const value = this.#env[name]?.trim();
    return value === '' ? undefined : value;
  }

  /** Notes a problem; nothing is thrown before `finish`. */
  reject(problem: string): void {
    this.#problems.push(problem);
  }

  /** An http or https URL without its last slash, or `fallback`. */
  httpUrl(name: string): string | undefined;
  httpUrl(name: string, fallback: string): string;
  httpUrl(name: string, fallback?: string): string | undefined {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '') {
      this.reject(`${name} must be an http or https URL without a query`);
    }
    return value.replace(/\/+$/, '');
  }

  logLevel(): LogLevel {
    const value = this.optional('LOG_LEVEL') ?? 'info';
    if (isLogLevel(value)) return value;
    this.reject('LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent');
    return 'info';
  }

  /** @throws ConfigurationError with every problem that was noted. */
  finish<T>(configuration: T): T {
    if (this.#problems.length > 0) throw new ConfigurationError(this.#problems);
    return configuration;
  }
}
