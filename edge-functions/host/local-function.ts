import { join } from 'node:path';
import { createLogger } from '../logger/logger-function.ts';
import { createNotifier } from '../notifier/notifier-function.ts';
import { type Environment } from '../shared/configuration.ts';
import { type WebHandler } from '../shared/or-misconfigured.ts';
import { type FunctionName } from './host-config.ts';
import { SqliteClaims } from './sqlite-claims.ts';
import { SqliteEventStore } from './sqlite-event.store.ts';

export interface LocalFunction {
  handler: WebHandler;
  /** Closes its file; after the last request. */
  close(): void;
}

/**
 * A function with a local file for what it keeps where the environment names no Supabase project: `logger.db`, `notifier.db`.
 *
 * @throws ConfigurationError
 */
export function openLocalFunction(name: FunctionName, env: Environment, dataDir: string): LocalFunction {
  const file = join(dataDir, `${name}.db`);
  let opened: { close(): void } | undefined;
  const keep = <T extends { close(): void }>(store: T): T => {
    opened = store;
    return store;
  };
  const handler =
    name === 'logger'
      ? createLogger(env, () => keep(new SqliteEventStore(file)))
      : createNotifier(env, () => keep(new SqliteClaims(file, Date.now)));
  return { handler, close: () => opened?.close() };
}
