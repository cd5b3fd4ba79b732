import { CommitWatch, type Database, openDatabase, TransientError } from '@holdfast/platform';
import { TcpProxy, type TestPostgres, testPostgres, waitUntil } from '@holdfast/testing';
import { type Client } from 'pg';
import { pino } from 'pino';
import { count, countersSchema } from './counters-schema.js';
import { NotesDatabase } from './notes-database.js';

const LARGE = 'x'.repeat(100_000);

let watch: CommitWatch;
let logged: string[];

function startWatch(database: Database): void {
  logged = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => logged.push(JSON.parse(line).msg) });
  watch = new CommitWatch(database, logger);
}

const down = () => waitUntil('it is said', () => watch.health().status === 'down');
const up = () => waitUntil('it is well again', () => watch.health().status === 'up');

/** What shares a transaction with the trial fails with it. */
const committed = (work: () => Promise<unknown>) => waitUntil('it is committed', () => work().then(() => true));

const fails = (work: Promise<unknown>) => expect(work).rejects.toBeInstanceOf(TransientError);

describe('whoever watches the commits of SQLite', () => {
  let database: NotesDatabase;

  beforeEach(async () => {
    database = new NotesDatabase();
    await database.open();
    startWatch(database.opened);
  });
  afterEach(async () => {
    await watch.stop();
    await database.close();
  });

  /** Leaves room for a few small rows. */
  const fill = () => database.unitOfWork.run((tx) => tx.get('PRAGMA max_page_count = 8'));
  const makeRoom = () => committed(() => database.unitOfWork.run((tx) => tx.get('PRAGMA max_page_count = 100000')));

  it('says that the disk is full until there is room, although nobody writes meanwhile', async () => {
    await fill();
    await fails(database.write('large', LARGE));
    await down();
    expect(watch.health().detail).toMatch(/^the database did not commit: .*database or disk is full \(for \d+ s\)$/);
    await makeRoom();
    await up();
    expect(logged).toEqual(['the database commits nothing; trying again until it does', 'the database commits again']);
  });

  it('is not misled by what finds a little room, or writes nothing', async () => {
    await fill();
    await fails(database.write('large', LARGE));
    await down();
    await committed(() => database.write('small'));
    await committed(() => database.unitOfWork.run(async () => undefined));
    expect(watch.health().status).toBe('down');
    await makeRoom();
    await up();
  });

  it('says that somebody else holds the file', async () => {
    database.stranger.exec('BEGIN IMMEDIATE');
    await fails(database.write('note'));
    await down();
    expect(watch.health().detail).toContain('database is locked');
    database.stranger.exec('ROLLBACK');
    await up();
  });

  it('says nothing of work that fails by itself', async () => {
    await expect(database.write('empty', '')).rejects.toMatchObject({ message: expect.stringMatching(/CHECK/) });
    await database.write('note');
    expect([watch.health(), logged]).toEqual([{ status: 'up' }, []]);
  });

  it('leaves nothing in the database', async () => {
    const tables = () => database.stranger.prepare('SELECT name FROM sqlite_master ORDER BY name').all();
    const before = tables();
    await fill();
    await fails(database.write('large', LARGE));
    await down();
    await makeRoom();
    await up();
    expect(tables()).toEqual(before);
  });
});

describe('whoever watches the commits of PostgreSQL', () => {
  let postgres: TestPostgres;
  let line: TcpProxy;
  let database: Database;

  beforeEach(async () => {
    postgres = await testPostgres();
    line = await TcpProxy.open(postgres.url);
    const metrics = { committed: () => undefined, failed: () => undefined };
    database = await openDatabase({ location: { dialect: 'postgres', url: line.url }, ...countersSchema }, metrics);
    startWatch(database);
  });
  afterEach(async () => {
    line.restore();
    await watch.stop();
    await database.close();
    await line.close();
    await postgres.close();
  });

  /** New pages are refused as on a full disk; what is done with those that are there is not. */
  const fill = (admin: Client) =>
    admin.query(`
      CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
      CREATE EVENT TRIGGER full_disk ON ddl_command_start EXECUTE FUNCTION refuse()`);

  const failOnce = () =>
    fails(database.unitOfWork.run((tx) => tx.run("DO $$ BEGIN RAISE EXCEPTION '' USING ERRCODE = '53100'; END $$")));

  it('says that the disk is full until there is room, although nobody writes meanwhile', async () => {
    const admin = await postgres.connect();
    await fill(admin);
    await failOnce();
    await down();
    expect(watch.health().detail).toMatch(/^the database did not commit: could not extend file: No space left/);
    await database.unitOfWork.run((tx) => count(tx, 'small'));
    expect(watch.health().status).toBe('down');
    await admin.query('DROP EVENT TRIGGER full_disk');
    await up();
  });

  it('says that the server is away as long as it is, time and again', async () => {
    for (const name of ['a', 'b']) {
      line.refuse();
      await fails(database.unitOfWork.run((tx) => count(tx, name)));
      await down();
      line.restore();
      await up();
    }
    const found = await database.queries.all("SELECT 1 FROM pg_class WHERE relname = 'commit_trial'");
    expect(found).toEqual([]);
  });

  it('says nothing of one statement that failed', async () => {
    await failOnce();
    await watch.stop();
    expect([watch.health(), logged]).toEqual([{ status: 'up' }, []]);
  });

  it('says nothing where it may not try', async () => {
    const admin = await postgres.connect();
    await admin.query(`
      CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'permission denied for schema public' USING ERRCODE = '42501'; END $$;
      CREATE EVENT TRIGGER no_tables ON ddl_command_start EXECUTE FUNCTION forbid()`);
    await failOnce();
    await watch.stop();
    expect([watch.health(), logged]).toEqual([{ status: 'up' }, []]);
  });
});
