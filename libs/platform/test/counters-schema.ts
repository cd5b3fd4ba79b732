import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { sqlTypes, type Transaction } from '../src/index.js';

class CreateCounters1700000000000 implements MigrationInterface {
  readonly name = 'CreateCounters1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    const { id, integer, blob, keyedTable } = sqlTypes(runner);
    await runner.query(
      `CREATE TABLE counters (name TEXT PRIMARY KEY, value ${integer} NOT NULL CHECK (value >= 0))${keyedTable}`,
    );
    await runner.query(`CREATE TABLE entries (id ${id}, name TEXT NOT NULL, data ${blob})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['entries', 'counters']) await runner.query(`DROP TABLE ${table}`);
  }
}

export const countersSchema = { entities: [], migrations: [CreateCounters1700000000000] };

export async function count(tx: Transaction, name: string, value = 1): Promise<void> {
  await tx.run('INSERT INTO counters (name, value) VALUES (?, ?)', [name, value]);
}

export async function increment(tx: Transaction, name: string, by = 1): Promise<void> {
  await tx.run('UPDATE counters SET value = value + ? WHERE name = ?', [by, name]);
}
