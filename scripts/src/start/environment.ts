import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { StartError } from './start.errors.js';

/** Settings by name; a variable that is set to nothing counts as not set. */
export type Environment = Readonly<Record<string, string>>;

/** The text of `<root>/.env`, or nothing. */
export function readEnvFile(root: string): string {
  try {
    return readFileSync(join(root, '.env'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** What the shell sets wins over the file, as with every tool that reads .env. */
export function mergeEnvironment(envFile: string, shell: NodeJS.ProcessEnv): Environment {
  const merged = { ...parseEnv(envFile), ...withoutEmpty(shell) };
  return withoutEmpty(merged);
}

/** DATA_DIR as an absolute path; a relative one counts from the repository, not from where the command was typed. */
export function dataDirOf(environment: Environment, root: string): string {
  const dataDir = environment.DATA_DIR ?? '.data';
  return isAbsolute(dataDir) ? dataDir : resolve(root, dataDir);
}

/** The port that `variable` names. Throws StartError unless it is an integer from 1 to 65535. */
export function portOf(environment: Environment, variable: string, otherwise: number): number {
  return explicitPort(environment, variable) ?? otherwise;
}

/** Like {@link portOf}, but undefined when nothing was asked for. */
export function explicitPort(environment: Environment, variable: string): number | undefined {
  const value = environment[variable];
  if (value === undefined) return undefined;
  const port = Number(value);
  if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port;
  throw new StartError(`${variable} is "${value}", but a port is a whole number from 1 to 65535.`);
}

/** Where a part that listens on HOST can be reached from this machine. */
export function reachableHost(environment: Environment): string {
  const host = environment.HOST ?? '127.0.0.1';
  if (host === '0.0.0.0' || host === '::' || host === 'localhost') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function withoutEmpty(variables: NodeJS.Dict<string>): Record<string, string> {
  const entries = Object.entries(variables).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return Object.fromEntries(entries);
}
