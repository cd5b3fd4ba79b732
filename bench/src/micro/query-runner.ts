/**
 * What a write statement costs through TypeORM's query runner and through a prepared statement on the same connection.
 * Run: `npm run build && node bench/dist/micro/query-runner.js`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database } from 'better-sqlite3';
import { DataSource } from 'typeorm';

const GROUPS = 200;
const PER_GROUP = 100;
const INSERT = 'INSERT INTO probe (id, text, number) VALUES (?, ?, ?)';

const directory = mkdtempSync(join(tmpdir(), 'holdfast-micro-'));
let connection: Database | undefined;
const dataSource = new DataSource({
  type: 'better-sqlite3',
  database: join(directory, 'probe.db'),
  prepareDatabase: (database: Database) => {
    connection = database;
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
  },
});
await dataSource.initialize();
const runner = dataSource.createQueryRunner();
await runner.query('CREATE TABLE probe (id INTEGER PRIMARY KEY, text TEXT, number INTEGER)');
if (!connection) throw new Error('TypeORM opened no connection');
const statement = connection.prepare(INSERT);
let id = 0;

async function measure(insert: (id: number) => Promise<unknown>): Promise<number> {
  const started = process.cpuUsage();
  for (let group = 0; group < GROUPS; group += 1) {
    await runner.query('BEGIN IMMEDIATE');
    for (let n = 0; n < PER_GROUP; n += 1) {
      id += 1;
      await insert(id);
    }
    await runner.query('COMMIT');
  }
  const { user, system } = process.cpuUsage(started);
  return (user + system) / (GROUPS * PER_GROUP);
}

const throughRunner = (n: number) => runner.query(INSERT, [n, 'some text of usual length', n]);
const prepared = async (n: number) => statement.run(n, 'some text of usual length', n);

await measure(throughRunner);
await measure(prepared);
const runnerCost = await measure(throughRunner);
const preparedCost = await measure(prepared);
process.stdout.write(
  `CPU per INSERT, ${PER_GROUP} to a commit: query runner ${runnerCost.toFixed(1)} µs, prepared ${preparedCost.toFixed(1)} µs, ` +
    `ratio ${(runnerCost / preparedCost).toFixed(1)}\n`,
);
await dataSource.destroy();
rmSync(directory, { recursive: true });
