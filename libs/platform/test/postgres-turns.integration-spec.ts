import { type Database, LostRaceError, openDatabase, PermanentError, type Transaction } from '@holdfast/platform';
import { TcpProxy, type TestPostgres, testPostgres, waitUntil } from '@holdfast/testing';
import { count, countersSchema, increment } from './counters-schema.js';

let postgres: TestPostgres;
let line: TcpProxy;
let database: Database;
let commits: number[];
let failures: number;
/** Rows that were locked for a group, each time. */
let locked: string[][];

beforeEach(async () => {
  postgres = await testPostgres();
  line = await TcpProxy.open(postgres.url);
  [commits, failures, locked] = [[], 0, []];
  database = await open();
  for (const name of ['a', 'b', 'c']) await database.unitOfWork.run((tx) => count(tx, name, 0));
  commits = [];
});
afterEach(async () => {
  line.restore();
  await database.close();
  await line.close();
  await postgres.close();
});

function open(): Promise<Database> {
  const lockRows = async (_tx: Transaction, names: readonly string[]) => {
    locked.push([...names]);
  };
  const location = { dialect: 'postgres' as const, url: line.url };
  return openDatabase(
    { location, ...countersSchema, maxConnections: 2, lockRows },
    { committed: (pieces) => commits.push(pieces), failed: () => (failures += 1) },
  );
}

const run = <T>(rows: string[], work: (tx: Transaction) => Promise<T>): Promise<T> =>
  database.unitOfWork.run(work, '', { rows });
const add = (row: string) => run([row], (tx) => increment(tx, row));

const values = async (): Promise<Record<string, number>> => {
  const rows = await database.queries.all<{ name: string; value: number }>('SELECT name, value FROM counters');
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
};

/** Work on a row that goes on until it is told to end. */
function holding(row: string): { done: Promise<void>; end: () => void } {
  let end = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { done: run([row], (tx) => increment(tx, row).then(() => told)), end };
}

describe('work that names the same row', () => {
  it('waits for its turn without a connection, and then shares a commit', async () => {
    const { done, end } = holding('a');
    const waiting = Array.from({ length: 20 }, () => add('a'));
    await Promise.all([add('b'), add('c')]);
    expect(await values()).toEqual({ a: 0, b: 1, c: 1 });
    end();
    await Promise.all([done, ...waiting]);
    expect(await values()).toMatchObject({ a: 21 });
    expect(commits).toEqual([1, 1, 1, 20]);
    expect(locked).toEqual([]);
  });

  it('gives each its own result, in the order in which they came', async () => {
    const order: number[] = [];
    const given = Array.from({ length: 10 }, (_, index) =>
      run(['a'], async (tx) => {
        order.push(index);
        await increment(tx, 'a');
        return tx.get<{ value: number }>("SELECT value FROM counters WHERE name = 'a'");
      }),
    );
    expect((await Promise.all(given)).map((row) => row?.value)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('has the rows of a group locked before, where there are several', async () => {
    const { done, end } = holding('a');
    const waiting = [['a', 'b'], ['a'], ['b', 'c']].map((rows) => run(rows, (tx) => increment(tx, rows[0] ?? '')));
    end();
    await Promise.all([done, ...waiting]);
    expect(locked).toEqual([['a', 'b', 'c']]);
    expect(commits).toEqual([1, 3]);
  });

  it('runs a group in the order of the first rows where nobody locks them before, and gives each its own result', async () => {
    await database.close();
    const location = { dialect: 'postgres' as const, url: line.url };
    database = await openDatabase(
      { location, ...countersSchema, maxConnections: 2 },
      { committed: (pieces) => commits.push(pieces), failed: () => (failures += 1) },
    );
    const order: string[] = [];
    const { done, end } = holding('group');
    const given = ['c', 'a', 'b'].map((row) =>
      run([row, 'group'], async (tx) => {
        order.push(row);
        await increment(tx, row);
        return row;
      }),
    );
    end();
    await done;
    expect(await Promise.all(given)).toEqual(['c', 'a', 'b']);
    expect(order).toEqual(['a', 'b', 'c']);
    expect(commits).toEqual([1, 3]);
  });

  it('loses only the piece that throws', async () => {
    const { done, end } = holding('a');
    const failing = run(['a'], async (tx) => {
      await increment(tx, 'a', 100);
      throw new PermanentError('NO', 'no');
    });
    const broken = run(['a'], (tx) => increment(tx, 'a', -1_000));
    const careless = run(['a'], async (tx) => {
      await increment(tx, 'a', -1_000).catch(() => undefined);
    });
    const others = [add('a'), add('a')];
    end();
    const outcomes = Promise.allSettled([done, failing, broken, careless, ...others]);
    expect((await outcomes).map(({ status }) => status)).toEqual([
      ...['fulfilled', 'rejected', 'rejected', 'rejected'],
      ...['fulfilled', 'fulfilled'],
    ]);
    await expect(failing).rejects.toMatchObject({ code: 'NO' });
    expect(await values()).toMatchObject({ a: 3 });
    expect(failures).toBe(0);
  });

  it('runs again, by itself, what was in the way of others', async () => {
    const { done, end } = holding('a');
    let runs = 0;
    const unlucky = run(['a'], async (tx) => {
      runs += 1;
      await increment(tx, 'a');
      if (runs < 3) await tx.run("DO $$ BEGIN RAISE EXCEPTION '' USING ERRCODE = 'serialization_failure'; END $$");
      return runs;
    });
    const other = add('a');
    end();
    await Promise.all([done, other]);
    expect(await unlucky).toBe(3);
    expect(await values()).toMatchObject({ a: 3 });
    expect(failures).toBe(0);
  });

  it('fails as a whole, and once, where the database is away', async () => {
    const { done, end } = holding('a');
    const waiting = Array.from({ length: 5 }, () => add('a'));
    const free = add('b');
    await free;
    line.refuse();
    end();
    const outcomes = await Promise.allSettled([done, ...waiting]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { name: 'TransientError', code: 'DATABASE_UNAVAILABLE' } });
    }
    expect(failures).toBe(2);
    line.restore();
    await waitUntil('it works again', () => add('a').then(() => true));
    expect(await values()).toMatchObject({ a: 1, b: 1 });
  });

  it('is finished before the database closes', async () => {
    const writing = Promise.all(Array.from({ length: 100 }, () => add('a')));
    await database.close();
    await writing;
    database = await open();
    expect(await values()).toMatchObject({ a: 100 });
  });
});

describe('work that another transaction was faster than', () => {
  it('runs again, and sees what is there by then', async () => {
    let runs = 0;
    const seen = await database.unitOfWork.run(async (tx) => {
      runs += 1;
      const found = await tx.get<{ value: number }>("SELECT value FROM counters WHERE name = 'new'");
      if (found) return found.value;
      await database.unitOfWork.run((other) => count(other, 'new', 7));
      if ((await tx.run("INSERT INTO counters VALUES ('new', 1) ON CONFLICT DO NOTHING")) === 0) {
        throw new LostRaceError('the counter');
      }
      return 1;
    });
    expect([runs, seen]).toEqual([2, 7]);
    expect(failures).toBe(0);
  });
});
