import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database as Connection } from 'better-sqlite3';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { type Database, openDatabase, type Transaction, type UnitOfWork } from '../src/index.js';

class CreateNotes1700000000000 implements MigrationInterface {
  readonly name = 'CreateNotes1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE notes (id TEXT PRIMARY KEY, text TEXT NOT NULL CHECK (length(text) > 0))');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notes');
  }
}

/** A database with one table, and a second connection that looks at it, or holds it, as another process would. */
export class NotesDatabase {
  /** Pieces in each commit. */
  readonly commits: number[] = [];
  failures = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'holdfast-platform-'));
  readonly file = join(this.folder, 'notes.db');
  private database: Database | undefined;
  private other: Connection | undefined;

  async open(): Promise<void> {
    this.database = await openDatabase(
      { location: { dialect: 'sqlite', file: this.file }, entities: [], migrations: [CreateNotes1700000000000] },
      { committed: (pieces) => this.commits.push(pieces), failed: () => (this.failures += 1) },
    );
  }

  get unitOfWork(): UnitOfWork {
    return this.opened.unitOfWork;
  }

  get opened(): Database {
    if (!this.database) throw new Error('the database is not open');
    return this.database;
  }

  /** A connection of another process, as far as SQLite can tell. */
  get stranger(): Connection {
    this.other ??= new Sqlite(this.file, { timeout: 0 });
    return this.other;
  }

  /** What is committed, by id. */
  notes(): string[] {
    return this.stranger
      .prepare<[], { id: string }>('SELECT id FROM notes ORDER BY id')
      .all()
      .map(({ id }) => id);
  }

  write(id: string, text = 'text'): Promise<void> {
    return this.unitOfWork.run((tx) => insert(tx, id, text));
  }

  async close(): Promise<void> {
    this.other?.close();
    await this.database?.close();
    rmSync(this.folder, { recursive: true });
  }
}

export async function insert(tx: Transaction, id: string, text = 'text'): Promise<void> {
  await tx.run('INSERT INTO notes (id, text) VALUES (?, ?)', [id, text]);
}
