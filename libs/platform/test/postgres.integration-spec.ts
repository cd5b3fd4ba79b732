import { type Database, openDatabase, type Transaction, TransientError } from '@holdfast/platform';
import { TcpProxy, type TestPostgres, testPostgres, waitUntil } from '@holdfast/testing';
import { count, countersSchema, increment } from './counters-schema.js';

let postgres: TestPostgres;
let line: TcpProxy;
let opened: Database[];
let failures: number;

beforeEach(async () => {
  postgres = await testPostgres();
  line = await TcpProxy.open(postgres.url);
  opened = [];
  failures = 0;
});
afterEach(async () => {
  line.restore();
  for (const database of opened) await database.close();
  await line.close();
  await postgres.close();
});

async function open(url = postgres.url, maxConnections = 10): Promise<Database> {
  const metrics = { committed: () => undefined, failed: () => (failures += 1) };
  const location = { dialect: 'postgres' as const, url };
  const database = await openDatabase(
    { location, ...countersSchema, maxConnections, applicationName: 'notes' },
    metrics,
  );
  opened.push(database);
  return database;
}

async function sleeping(): Promise<number> {
  const admin = await postgres.connect();
  const { rows } = await admin.query(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg\\_sleep(600)'",
  );
  return rows.length;
}

const values = async ({ queries }: Database): Promise<Record<string, number>> => {
  const rows = await queries.all<{ name: string; value: number }>('SELECT name, value FROM counters');
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
};

describe('opening PostgreSQL', () => {
  it('runs the migrations once, although several instances start at the same time', async () => {
    const instances = await Promise.all(Array.from({ length: 5 }, () => open()));
    for (const { queries } of instances) {
      expect(await queries.all('SELECT count(*) AS applied FROM migrations')).toEqual([{ applied: 1 }]);
    }
  });

  it('names the service among its connections', async () => {
    const { queries } = await open();
    expect(await queries.all("SELECT current_setting('application_name') AS name")).toEqual([{ name: 'notes' }]);
  });

  it.each<[string, (url: URL) => void, RegExp]>([
    [
      'nobody listens',
      (url) => (url.port = '1'),
      /^cannot use the database postgres:\/\/127\.0\.0\.1:1\/.*ECONNREFUSED/,
    ],
    ['there is no such database', (url) => (url.pathname = '/nowhere'), /\/nowhere: database "nowhere" does not exist/],
    ['the password is wrong', (url) => (url.password = 's3cret'), /password authentication failed/],
  ])('says in one line why it cannot when %s, and never the password', async (_name, spoil, message) => {
    const url = new URL(postgres.url);
    spoil(url);
    const error: Error = await open(url.href).then(
      () => new Error('it could'),
      (reason) => reason,
    );
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('\n');
    expect(error.message).not.toContain(url.password);
  });

  it('refuses a server that would forget what it has committed', async () => {
    const admin = await postgres.connect();
    await admin.query(
      'ALTER ROLE CURRENT_USER IN DATABASE ' +
        new URL(postgres.url).pathname.slice(1) +
        ' SET synchronous_commit = off',
    );
    await expect(open()).rejects.toThrow('synchronous_commit is off');
  });
});

describe('the unit of work on PostgreSQL', () => {
  it('runs work again that has lost a deadlock, with its swallowed parts', async () => {
    const { unitOfWork, ...database } = await open();
    await unitOfWork.run((tx) => Promise.all([count(tx, 'a', 0), count(tx, 'b', 0)]));
    let runs = 0;
    let entered = 0;
    const together = async (tx: Transaction, first: string, second: string) => {
      runs += 1;
      await increment(tx, first);
      entered += 1;
      await waitUntil('both hold a row', () => entered >= 2);
      // Careless: what becomes of the second row is nothing that this work looks at.
      await tx.savepoint(() => increment(tx, second)).catch(() => undefined);
    };
    await Promise.all([unitOfWork.run((tx) => together(tx, 'a', 'b')), unitOfWork.run((tx) => together(tx, 'b', 'a'))]);
    expect(runs).toBe(3);
    expect(await values({ unitOfWork, ...database })).toEqual({ a: 2, b: 2 });
  });

  it('gives up on work that is in the way of others each time, for its caller to try later', async () => {
    const { unitOfWork } = await open();
    let runs = 0;
    const hopeless = unitOfWork.run(async (tx) => {
      runs += 1;
      await tx.run("DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = 'serialization_failure'; END $$");
    });
    await expect(hopeless).rejects.toMatchObject({ name: 'TransientError', code: 'DATABASE_CONFLICT' });
    expect(runs).toBe(5);
    expect(failures).toBe(1);
  });

  it.each([
    ['53100', 'disk_full'],
    ['53300', 'too_many_connections'],
    ['57P01', 'admin_shutdown'],
    ['58030', 'io_error'],
    ['25006', 'read_only_sql_transaction'],
  ])('takes %s (%s) as a fault that passes', async (code) => {
    const { unitOfWork } = await open();
    const work = unitOfWork.run((tx) => tx.run(`DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$`));
    await expect(work).rejects.toBeInstanceOf(TransientError);
    await unitOfWork.run((tx) => count(tx, 'after'));
  });

  it('does not commit work that went on after a failed statement', async () => {
    const database = await open();
    const careless = database.unitOfWork.run(async (tx) => {
      await count(tx, 'a');
      await count(tx, 'a').catch(() => undefined);
    });
    await expect(careless).rejects.toThrow(/unique/);
    const worse = database.unitOfWork.run(async (tx) => {
      await count(tx, 'b');
      await count(tx, 'b').catch(() => undefined);
      await count(tx, 'c');
    });
    await expect(worse).rejects.toThrow(/unique/);
    expect(await values(database)).toEqual({});
  });

  it('does not take work for stored that did not wait for a statement that failed', async () => {
    const database = await open();
    await database.unitOfWork.run((tx) => count(tx, 'a'));
    const hasty = database.unitOfWork.run(async (tx) => {
      await count(tx, 'b');
      void count(tx, 'a').catch(() => undefined);
    });
    await expect(hasty).rejects.toThrow(/unique/);
    expect(await values(database)).toEqual({ a: 1 });
    await database.unitOfWork.run((tx) => count(tx, 'c'));
  });

  it('undoes statements side by side of which one fails, and nothing else of the piece', async () => {
    const database = await open();
    await database.unitOfWork.run(async (tx) => {
      await count(tx, 'a');
      const part = tx.savepoint(() => Promise.all([count(tx, 'b'), count(tx, 'a'), count(tx, 'c')]));
      await expect(part).rejects.toThrow(/unique/);
      await Promise.all([count(tx, 'd'), count(tx, 'e')]);
    });
    expect(await values(database)).toEqual({ a: 1, d: 1, e: 1 });
  });

  it('lets no statement of a piece run after its end', async () => {
    const { unitOfWork } = await open();
    let kept: Transaction | undefined;
    await unitOfWork.run(async (tx) => {
      kept = tx;
    });
    await expect(kept?.run('SELECT 1')).rejects.toThrow('the transaction has ended');
  });

  it.each(['commit', 'rollback'])('lets no statement of a piece run behind its %s', async (end) => {
    const database = await open();
    const admin = await postgres.connect();
    await admin.query('SELECT pg_advisory_lock(1)');
    let kept: Transaction | undefined;
    const ended = database.unitOfWork.run(async (tx) => {
      kept = tx;
      void tx.get('SELECT pg_advisory_xact_lock(1)');
      if (end === 'rollback') throw new Error('no');
    });
    await waitUntil('it waits for its first statement, and its end has been sent', async () => {
      const { rowCount } = await admin.query(
        `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rowCount === 1;
    });
    const late = kept?.run("INSERT INTO counters (name, value) VALUES ('late', 1)");
    // Before it can fail: what nobody handles would end the process.
    const refused = expect(late).rejects.toThrow('the transaction has ended');
    await admin.query('SELECT pg_advisory_unlock(1)');
    await (end === 'rollback' ? expect(ended).rejects.toThrow('no') : ended);
    await refused;
    expect(await values(database)).toEqual({});
  });

  it('survives the loss of every connection, used or not, and stores nothing of what was under way', async () => {
    const database = await open();
    await Promise.all(['a', 'b', 'c'].map((name) => database.unitOfWork.run((tx) => count(tx, name))));
    let cut = false;
    const interrupted = database.unitOfWork.run(async (tx) => {
      await count(tx, 'lost');
      await postgres.cutConnections();
      cut = true;
      await count(tx, 'lost too');
    });
    await expect(interrupted).rejects.toMatchObject({ name: 'TransientError', code: 'DATABASE_UNAVAILABLE' });
    expect(cut).toBe(true);
    await waitUntil('it works again', () => database.unitOfWork.run((tx) => count(tx, 'after')).then(() => true));
    expect(await values(database)).toEqual({ a: 1, b: 1, c: 1, after: 1 });
  });

  it('says that the database is away as long as it is, and goes on when it is back', async () => {
    const database = await open(line.url);
    line.refuse();
    const work = database.unitOfWork.run((tx) => count(tx, 'a'));
    await expect(work).rejects.toMatchObject({ name: 'TransientError', code: 'DATABASE_UNAVAILABLE' });
    expect(failures).toBe(1);
    line.restore();
    await database.unitOfWork.run((tx) => count(tx, 'b'));
    expect(await values(database)).toEqual({ b: 1 });
  });

  it('cannot tell what became of a commit whose answer is lost, and says that it failed', async () => {
    const [database, other] = [await open(line.url), await open()];
    const work = database.unitOfWork.run(async (tx) => {
      await count(tx, 'a');
      line.muteServer();
    });
    const outcome = expect(work).rejects.toMatchObject({ name: 'TransientError', code: 'DATABASE_UNAVAILABLE' });
    await waitUntil('it is stored', async () => 'a' in (await values(other)));
    line.cut();
    await outcome;
  });

  it('says of reads too that it was away, and reads when it is back', async () => {
    const database = await open(line.url);
    const faultOf = (read: Promise<unknown>) =>
      read.then(
        () => 'none',
        (error) => database.readFault(error),
      );
    const away = { code: 'DATABASE_UNAVAILABLE' };
    const underWay = faultOf(database.queries.all('SELECT pg_sleep(600)'));
    await waitUntil('it is asked', async () => (await sleeping()) === 1);
    line.refuse();
    line.cut();
    expect(await underWay).toMatchObject(away);
    expect(await faultOf(database.queries.all('SELECT 1'))).toMatchObject(away);
    expect(await faultOf(database.reads.query('SELECT 1'))).toMatchObject(away);
    line.restore();
    expect(await database.queries.all('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await faultOf(database.queries.all('SELECT nothing'))).toMatchObject({ code: '42703' });
  });

  it('goes on when another instance has changed a table that it reads', async () => {
    const database = await open(postgres.url, 1);
    const read = () => database.unitOfWork.run((tx) => tx.all('SELECT * FROM counters'));
    await read();
    const admin = await postgres.connect();
    await admin.query('ALTER TABLE counters ADD COLUMN remark TEXT');
    await expect(read()).rejects.toBeInstanceOf(TransientError);
    await read();
  });

  it('reads while every connection that writes is taken', async () => {
    const database = await open(postgres.url, 2);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const writing = [1, 2, 3].map((n) => database.unitOfWork.run((tx) => count(tx, `n ${n}`).then(() => held)));
    expect(await values(database)).toEqual({});
    release();
    await Promise.all(writing);
    expect(Object.keys(await values(database))).toHaveLength(3);
  });

  it('gives no integer that is not safe', async () => {
    const { queries } = await open();
    await expect(queries.all('SELECT 9007199254740993::bigint AS large')).rejects.toThrow('not safe');
  });
});

describe('a lock between processes', () => {
  it('is had by one of them, by name, until it is released', async () => {
    const [one, two] = [await open(), await open()];
    const [first, second, other] = [one.processLock('relay'), two.processLock('relay'), two.processLock('other')];
    expect(await first.take()).toBe(true);
    expect(await second.take()).toBe(false);
    expect(await other.take()).toBe(true);
    expect(await first.take()).toBe(true);
    expect([first.held, second.held]).toEqual([true, false]);
    await first.release();
    await waitUntil('the second gets it', () => second.take());
  });

  it('is lost with its connection, and the loser knows', async () => {
    const [one, two] = [await open(line.url), await open()];
    const [first, second] = [one.processLock('relay'), two.processLock('relay')];
    expect(await first.take()).toBe(true);
    line.refuse();
    await waitUntil('it knows', () => !first.held);
    await waitUntil('the second gets it', () => second.take());
    await expect(first.take()).rejects.toThrow();
    line.restore();
    expect(await first.take()).toBe(false);
  });

  it('lets the others call who has it', async () => {
    const [one, two] = [await open(), await open()];
    const [first, second] = [one.processLock('relay'), two.processLock('relay')];
    let calls = 0;
    first.onCall(() => (calls += 1));
    await first.take();
    await second.call();
    await waitUntil('it is called', () => calls === 1);
  });
});
