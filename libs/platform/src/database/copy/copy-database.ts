import { type MigrationInterface } from 'typeorm';
import { messageOf } from '../../errors.js';
import { type Database } from '../database.js';
import { type CopiedTable } from './copied-table.js';
import { CopyRefusedError } from './copy.errors.js';
import { PostgresTarget } from './postgres-target.js';
import { rowBatches } from './row-batches.js';
import { SqliteSource } from './sqlite-source.js';
import { TableChecksum } from './table-checksum.js';
import { inOrder } from './table-order.js';

/** What a service finds in a copy before it is committed. */
export interface Inspection {
  ok: boolean;
  /** For the terminal. */
  text: string;
}

export interface CopyOptions {
  /** Path of the SQLite file. */
  from: string;
  /** postgres://… of an empty database. */
  to: string;
  /** Those that the service's tables come from. */
  migrations: (new () => MigrationInterface & { readonly name: string })[];
  /** What has to be true of the copy beside being one. */
  inspect?: (database: Pick<Database, 'dialect' | 'queries'>) => Promise<Inspection>;
  /** Called when a table is begun, and with every batch. */
  onProgress?: (table: string, copied: number, rows: number) => void;
}

export interface CopyReport {
  tables: { name: string; rows: number; checksum: string }[];
  /** What the inspection said. */
  inspection: string | undefined;
}

/**
 * Copies a service's SQLite file to an empty PostgreSQL database: tables by the service's migrations, rows table by table,
 * numbers that go on where they were, all in one transaction. Rows and checksums of both are compared before it is committed.
 *
 * @throws CopyRefusedError when something is to be done first; DatabaseStartError when the server cannot be reached; Error
 * when it fails on the way. Nothing is in the target then. Only where the answer to the commit is lost nobody can tell, and
 * the message says so.
 */
export function copyDatabase(options: CopyOptions): Promise<CopyReport> {
  return betweenBoth(options, async (source, target) => {
    const tables = inOrder(await target.migrate());
    requireSameTables(source, tables);
    const report: CopyReport['tables'] = [];
    for (const table of tables) {
      const checksum = await copyTable(source, target, table, options);
      report.push({ name: table.name, rows: checksum.rows, checksum: checksum.text });
    }
    await target.analyze(tables);
    const inspection = await options.inspect?.({ dialect: 'postgres', queries: target.queries });
    if (inspection && !inspection.ok) throw new CopyRefusedError(inspection.text);
    await target.commit();
    return { tables: report, inspection: inspection?.text };
  });
}

/**
 * Everything that {@link copyDatabase} asks for before it begins; nothing is changed.
 *
 * @throws what that would throw.
 */
export function checkCopy(options: CopyOptions): Promise<void> {
  return betweenBoth(options, async () => undefined);
}

async function betweenBoth<T>(
  { from, to, migrations }: CopyOptions,
  work: (source: SqliteSource, target: PostgresTarget) => Promise<T>,
): Promise<T> {
  const names = migrations.map((Migration) => new Migration().name);
  const source = SqliteSource.open(from, names);
  try {
    const target = await PostgresTarget.open(to, migrations);
    try {
      return await work(source, target);
    } finally {
      await target.close();
    }
  } finally {
    source.close();
  }
}

/** Migrations write both dialects; a table or a column that only one of them has would be lost without a word. */
function requireSameTables(source: SqliteSource, tables: readonly CopiedTable[]): void {
  const columnsIn = (name: string) => [...source.columnsOf(name)].sort().join(', ');
  const there = source
    .tables()
    .sort()
    .map((name) => `${name}(${columnsIn(name)})`);
  const here = tables.map(
    ({ name, columns }) =>
      `${name}(${columns
        .map((column) => column.name)
        .sort()
        .join(', ')})`,
  );
  const different = [
    ...there.filter((table) => !here.includes(table)),
    ...here.filter((table) => !there.includes(table)),
  ];
  if (different.length > 0)
    throw new Error(`the migrations do not make the same tables of both: ${different.join('; ')}`);
}

async function copyTable(
  source: SqliteSource,
  target: PostgresTarget,
  table: CopiedTable,
  { onProgress }: CopyOptions,
): Promise<TableChecksum> {
  const { name, columns } = table;
  const total = source.count(name);
  const read = new TableChecksum();
  onProgress?.(name, 0, total);
  for (const batch of rowBatches(
    source.rows(
      name,
      columns.map((column) => column.name),
    ),
  )) {
    try {
      await target.insert(table, batch);
    } catch (error) {
      throw new Error(`${name}, rows ${read.rows + 1} to ${read.rows + batch.length}: ${messageOf(error)}`, {
        cause: error,
      });
    }
    for (const row of batch) read.add(row);
    onProgress?.(name, read.rows, total);
  }
  for (const { name: column, identity } of columns) {
    if (identity) await target.continueBehind(name, column, source.lastIdentity(name));
  }
  const stored = new TableChecksum();
  for await (const row of target.rows(table)) stored.add(row);
  if (read.rows === total && stored.equals(read)) return read;
  throw new Error(
    `${name} is not the same in both: ${total} rows, of which ${read.rows} were read (${read.text}) and ${stored.rows} are stored (${stored.text})`,
  );
}
