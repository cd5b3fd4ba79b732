import { copyFileSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { type CopyOptions, checkCopy, copyDatabase, type Database, openDatabase, sqlTypes } from '@holdfast/platform';
import { TcpProxy, type TestPostgres, testPostgres, testServers, waitUntil } from '@holdfast/testing';
import Sqlite from 'better-sqlite3';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Everything that a service's tables have: numbers given out, references, bytes, rows from the beginning, a ledger. */
class CreateShelves1700000000000 implements MigrationInterface {
  readonly name = 'CreateShelves1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    const { id, integer, blob, key, keyedTable } = sqlTypes(runner);
    // By name the one that is referred to comes last.
    await runner.query(`CREATE TABLE shelves (name ${key} PRIMARY KEY, open ${integer} NOT NULL)${keyedTable}`);
    await runner.query(`
      CREATE TABLE books (
        position ${id}, shelf ${key} NOT NULL REFERENCES shelves (name), about TEXT, pages ${integer}, cover ${blob}
      )`);
    await runner.query(`CREATE TABLE far (position ${integer} NOT NULL)`);
    await runner.query('INSERT INTO far (position) VALUES (0)');
  }

  async down(): Promise<void> {}
}

class RenameShelves1700000000001 implements MigrationInterface {
  readonly name = 'RenameShelves1700000000001';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE shelves RENAME COLUMN open TO opened');
  }
  async down(): Promise<void> {}
}

const metrics = { committed: () => undefined, failed: () => undefined };
const migrations: CopyOptions['migrations'] = [CreateShelves1700000000000];

let file: string;
let postgres: TestPostgres;
let opened: Database[];

const openFile = async (migrated = migrations): Promise<Database> => {
  const database = await openDatabase(
    { location: { dialect: 'sqlite', file }, entities: [], migrations: migrated },
    metrics,
  );
  opened.push(database);
  return database;
};

const openTarget = async (): Promise<Database> => {
  const location = { dialect: 'postgres' as const, url: postgres.url };
  const database = await openDatabase({ location, entities: [], migrations }, metrics);
  opened.push(database);
  return database;
};

const addBooks = async ({ unitOfWork }: Database, count: number, about = 'A book'): Promise<void> => {
  await unitOfWork.run(async (tx) => {
    for (let book = 0; book < count; book += 1) {
      await tx.run('INSERT INTO books (shelf, about, pages) VALUES (?, ?, ?)', ['a', about, book]);
    }
  });
};

/** A file as a service leaves it that was stopped. */
const fill = async (books: number): Promise<void> => {
  const database = await openFile();
  await database.unitOfWork.run((tx) => tx.run("INSERT INTO shelves (name, open) VALUES ('a', 1), ('B', 0)"));
  await addBooks(database, books);
  await database.close();
};

const copied = (options: Partial<CopyOptions> = {}) =>
  copyDatabase({ from: file, to: postgres.url, migrations, ...options });

const tablesInTarget = async (): Promise<string[]> => {
  const client = await postgres.connect();
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1",
  );
  return rows.map(({ name }) => name);
};

beforeEach(async () => {
  file = join(mkdtempSync(join(testServers().folder, 'copy-')), 'shelves.db');
  postgres = await testPostgres();
  opened = [];
});
afterEach(async () => {
  for (const database of opened) await database.close().catch(() => undefined);
  await postgres.close();
});

describe('a copy of a SQLite file in PostgreSQL', () => {
  it('has every value as it was, and goes on where the numbers were', async () => {
    const database = await openFile();
    const text = 'Ünï 🚢 "quoted", {curly}, back\\slash, NULL,\nline';
    await database.unitOfWork.run(async (tx) => {
      await tx.run("INSERT INTO shelves (name, open) VALUES ('a', 1), ('B', 0)");
      const insert = 'INSERT INTO books (position, shelf, about, pages, cover) VALUES (?, ?, ?, ?, ?)';
      await tx.run(insert, [3, 'a', text, Number.MAX_SAFE_INTEGER, Buffer.from([0, 255, 92, 120])]);
      await tx.run(insert, [7, 'B', '', -1, Buffer.alloc(0)]);
      await tx.run(insert, [8, 'B', null, null, null]);
      await tx.run(insert, [41, 'B', 'soon gone', 0, null]);
      await tx.run('DELETE FROM books WHERE position = 41');
      await tx.run('UPDATE far SET position = 7');
    });
    await database.close();

    const { tables } = await copied();
    expect(tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['far', 1],
      ['shelves', 2],
      ['books', 3],
    ]);

    const target = await openTarget();
    expect(await target.queries.all('SELECT * FROM shelves ORDER BY name')).toEqual([
      { name: 'B', open: 0 },
      { name: 'a', open: 1 },
    ]);
    expect(await target.queries.all('SELECT * FROM books ORDER BY position')).toEqual([
      { position: 3, shelf: 'a', about: text, pages: Number.MAX_SAFE_INTEGER, cover: Buffer.from([0, 255, 92, 120]) },
      { position: 7, shelf: 'B', about: '', pages: -1, cover: Buffer.alloc(0) },
      { position: 8, shelf: 'B', about: null, pages: null, cover: null },
    ]);
    expect(await target.queries.all('SELECT position FROM far')).toEqual([{ position: 7 }]);
    await addBooks(target, 1);
    expect(await target.queries.all('SELECT max(position) AS last FROM books')).toEqual([{ last: 42 }]);
  });

  it('gives the first number where none was given yet', async () => {
    await fill(0);
    await copied();
    const target = await openTarget();
    await addBooks(target, 1);
    expect(await target.queries.all('SELECT position FROM books')).toEqual([{ position: 1 }]);
  });

  it('is whole beyond a batch, and tells how far it is', async () => {
    await fill(2_345);
    const told: string[] = [];
    const { tables } = await copied({ onProgress: (table, done, rows) => told.push(`${table} ${done}/${rows}`) });
    expect(tables.find(({ name }) => name === 'books')).toMatchObject({ rows: 2_345 });
    expect(told).toEqual(
      expect.arrayContaining(['books 0/2345', 'books 1000/2345', 'books 2000/2345', 'books 2345/2345']),
    );
    const { queries } = await openTarget();
    expect(await queries.all('SELECT count(*) AS books, sum(pages) AS pages FROM books')).toEqual([
      { books: 2_345, pages: (2_344 * 2_345) / 2 },
    ]);
  });

  it('leaves the file as it was', async () => {
    await fill(3);
    await copied();
    const { queries } = await openFile();
    expect(await queries.all('SELECT count(*) AS books FROM books')).toEqual([{ books: 3 }]);
  });

  it('has in it what a process that was killed had committed', async () => {
    await fill(1);
    const killed = await openFile();
    await addBooks(killed, 1, 'in the log, not in the file');
    // A copy of the files is what a crash leaves: the log behind the database is still to be worked in.
    const left = join(mkdtempSync(join(testServers().folder, 'copy-')), 'left.db');
    for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${left}${suffix}`);
    await copied({ from: left });
    const { queries } = await openTarget();
    expect(await queries.all('SELECT count(*) AS books FROM books')).toEqual([{ books: 2 }]);
  });
});

describe('a copy that cannot be', () => {
  beforeEach(() => fill(5));

  it.each<[string, Partial<CopyOptions>, RegExp]>([
    ['there is no file', { from: '/nowhere/orders.db' }, /no file \/nowhere\/orders\.db/],
    [
      'the file is of an older version',
      { migrations: [...migrations, RenameShelves1700000000001] },
      /older version.*RenameSh/,
    ],
  ])('is refused when %s', async (_name, options, message) => {
    await expect(copied(options)).rejects.toMatchObject({
      name: 'CopyRefusedError',
      message: expect.stringMatching(message),
    });
    await expect(checkCopy({ from: file, to: postgres.url, migrations, ...options })).rejects.toThrow(message);
    expect(await tablesInTarget()).toEqual([]);
  });

  it('is refused when the file is of a newer version', async () => {
    await (await openFile([...migrations, RenameShelves1700000000001])).close();
    await expect(copied()).rejects.toThrow(/newer version, or of another service.*RenameShelves/);
  });

  it('is refused while a service has the file open, though it does nothing', async () => {
    const service = await openFile();
    await expect(copied()).rejects.toThrow(/Another process has .* open: stop the service first/);
    await service.close();
    await copied();
  });

  it('is refused for what is no database', async () => {
    const other = new Sqlite(join(testServers().folder, 'empty.db'));
    other.exec('CREATE TABLE IF NOT EXISTS things (name TEXT)');
    const from = other.name;
    other.close();
    await expect(copied({ from })).rejects.toThrow(/no database of a service/);
  });

  it('is refused by a database that is not empty, and changes nothing there', async () => {
    const target = await openTarget();
    await target.close();
    await expect(copied()).rejects.toThrow(/is not empty \(books, far, migrations, …\)/);
    const client = await postgres.connect();
    expect((await client.query('SELECT count(*)::int AS shelves FROM shelves')).rows).toEqual([{ shelves: 0 }]);
  });

  it('is refused while somebody else makes the tables', async () => {
    let second: unknown;
    const first = copied({
      inspect: async () => {
        second = await copied({ from: await anotherFile() }).catch((error: unknown) => error);
        return { ok: true, text: '' };
      },
    });
    await first;
    expect(second).toMatchObject({ message: expect.stringMatching(/Somebody else is making the tables/) });
  });

  it('says what is wrong with the server, without the password', async () => {
    const url = new URL(postgres.url);
    url.port = '1';
    url.password = 's3cret';
    const error: unknown = await copied({ to: url.href }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'DatabaseStartError', message: expect.stringMatching(/ECONNREFUSED/) });
    expect(String(error)).not.toContain('s3cret');
  });

  it('could be, and --check changes nothing', async () => {
    await checkCopy({ from: file, to: postgres.url, migrations });
    expect(await tablesInTarget()).toEqual([]);
  });
});

describe('a copy that ends on the way', () => {
  it('leaves nothing when what is inspected is not in order', async () => {
    await fill(5);
    const seen: unknown[] = [];
    const inspect: CopyOptions['inspect'] = async ({ dialect, queries }) => {
      seen.push(dialect, await queries.all('SELECT count(*) AS books FROM books WHERE pages < ?', [3]));
      return { ok: false, text: 'two books are missing' };
    };
    await expect(copied({ inspect })).rejects.toThrow('two books are missing');
    expect(seen).toEqual(['postgres', [{ books: 3 }]]);
    expect(await tablesInTarget()).toEqual([]);
    await copied();
  });

  it('leaves nothing when PostgreSQL does not take a value, and says where', async () => {
    await fill(1_500);
    const database = await openFile();
    await addBooks(database, 1, 'with a \0 in it');
    await database.close();
    await expect(copied()).rejects.toThrow(/^books, rows 1001 to 1501: invalid byte sequence/);
    expect(await tablesInTarget()).toEqual([]);
  });

  it('leaves nothing when the connection is lost', async () => {
    await fill(3_000);
    const line = await TcpProxy.open(postgres.url);
    const onProgress: CopyOptions['onProgress'] = (table, done) => {
      if (table === 'books' && done >= 1_000) line.refuse();
    };
    await expect(copied({ to: line.url, onProgress })).rejects.toThrow(/^books, rows/);
    await line.close();
    await waitUntil('the server has taken it back', async () => (await tablesInTarget()).length === 0);
    await copied();
  });

  it('lets a service that starts meanwhile wait, and find the copy', async () => {
    await fill(5);
    let started: Promise<Database> | undefined;
    await copied({
      inspect: async ({ queries }) => {
        started = openTarget();
        await waitUntil('the service waits for its turn', async () => {
          // Those of other tests' databases are listed too.
          const waiting = await queries.all(
            `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
          );
          return waiting.length > 0;
        });
        return { ok: true, text: '' };
      },
    });
    const service = await started;
    expect(await service?.queries.all('SELECT count(*) AS books FROM books')).toEqual([{ books: 5 }]);
  });
});

async function anotherFile(): Promise<string> {
  const other = join(mkdtempSync(join(testServers().folder, 'copy-')), 'other.db');
  const location = { dialect: 'sqlite' as const, file: other };
  const database = await openDatabase({ location, entities: [], migrations }, metrics);
  await database.close();
  return other;
}
