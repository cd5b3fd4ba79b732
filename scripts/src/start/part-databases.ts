import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Environment } from './environment.js';
import { keep, readKept } from './kept-file.js';
import { Part, PartDatabase } from './parts.js';
import { StartError } from './start.errors.js';
import { StartOptions } from './start-options.js';

type PartWithDatabase = Part & { database: PartDatabase };

/**
 * The databases that are to be on the PostgreSQL which is started here: of parts that run more than once, of all with
 * `--postgres`, and of those that were there at an earlier start, whose data would be out of sight otherwise. A part whose
 * URL is given has what it names.
 * Throws StartError where the URL names a SQLite file that cannot be shared, and where there is such a file in DATA_DIR: its
 * data would be out of sight.
 */
export function databasesOnPostgres(
  parts: readonly Part[],
  options: StartOptions,
  environment: Environment,
  dataDir: string,
): PartDatabase[] {
  const kept = new Set(keptDatabases(dataDir));
  return parts
    .filter(isFirstWithDatabase)
    .filter((part) => needsOne(part, options, environment, kept, dataDir))
    .map(({ database }) => database);
}

/** Remembers which databases are on the PostgreSQL that is started here. */
export function keepDatabases(dataDir: string, databases: readonly PartDatabase[]): void {
  const all = new Set([...keptDatabases(dataDir), ...databases.map(({ name }) => name)]);
  if (all.size > 0) keep(fileIn(dataDir), [...all].join('\n'));
}

function needsOne(
  part: PartWithDatabase,
  { scale, postgres }: StartOptions,
  environment: Environment,
  kept: ReadonlySet<string>,
  dataDir: string,
): boolean {
  const { name, urlVariable } = part.database;
  const url = environment[urlVariable];
  const asked = postgres || (scale.get(part.name) ?? 1) > 1;
  if (url !== undefined) {
    if (asked && !/^postgres(ql)?:/i.test(url)) throw sqliteNamed(part);
    return false;
  }
  if (kept.has(name)) return true;
  const file = join(dataDir, `${name}.db`);
  if (asked && existsSync(file)) throw dataInSqlite(part, file);
  return asked;
}

const sqliteNamed = ({ title, database: { urlVariable } }: PartWithDatabase): StartError =>
  new StartError(
    `${urlVariable} names a SQLite file, which one process has to itself: leave it out, or set it to a postgres:// URL for ${title} on PostgreSQL.`,
  );

const dataInSqlite = ({ title, database: { name, urlVariable } }: PartWithDatabase, file: string): StartError =>
  new StartError(
    `${title} has its data in ${file}, and PostgreSQL would begin without it. Copy it with "npm run db:copy -- --service ${name} --to <the URL of an empty database>" and set ${urlVariable} to that URL, or set DATA_DIR to a new folder to begin with nothing.`,
  );

const isFirstWithDatabase = (part: Part): part is PartWithDatabase =>
  part.database !== undefined && part.port === undefined;

const keptDatabases = (dataDir: string): string[] => (readKept(fileIn(dataDir)) ?? '').split('\n').filter(Boolean);

const fileIn = (dataDir: string): string => join(dataDir, 'on-postgres');
