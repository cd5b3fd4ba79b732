import { type Database, forUpdate, PermanentError, type Transaction } from '@holdfast/platform';
import { dialects, TestDatabase } from '@holdfast/testing';
import { count, countersSchema, increment } from './counters-schema.js';

describe.each(dialects)('a database: %s', (dialect) => {
  let test: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    test = await TestDatabase.create(dialect);
    database = await test.open(countersSchema);
  });
  afterEach(() => test.close());

  const run = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => database.unitOfWork.run(work);

  /** What is committed, as an object. */
  const counters = async (): Promise<Record<string, number>> => {
    const rows = await database.queries.all<{ name: string; value: number }>('SELECT name, value FROM counters');
    return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
  };

  it('says which it is, to its transactions too', async () => {
    expect(database.dialect).toBe(dialect);
    expect(await run(async (tx) => tx.dialect)).toBe(dialect);
  });

  it('commits, and gives what the work gave', async () => {
    const given = await run(async (tx) => {
      await count(tx, 'a', 7);
      return tx.get<{ value: number }>('SELECT value FROM counters WHERE name = ?', ['a']);
    });
    expect(given).toEqual({ value: 7 });
    expect(await counters()).toEqual({ a: 7 });
  });

  it('shows nobody what is not committed', async () => {
    await run(async (tx) => {
      await count(tx, 'a');
      expect(await counters()).toEqual({});
    });
    expect(await counters()).toEqual({ a: 1 });
  });

  it('takes back what the failing piece did, and nothing of the others', async () => {
    const failing = run(async (tx) => {
      await count(tx, 'b');
      throw new PermanentError('NO', 'no');
    });
    const outcomes = await Promise.allSettled([run((tx) => count(tx, 'a')), failing, run((tx) => count(tx, 'c'))]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(failing).rejects.toMatchObject({ code: 'NO' });
    expect(await counters()).toEqual({ a: 1, c: 1 });
  });

  it('takes back the piece whose statement it refuses, and lets its error through', async () => {
    await run((tx) => count(tx, 'a'));
    await expect(run((tx) => increment(tx, 'a', -2))).rejects.toMatchObject({
      message: expect.stringMatching(/constraint/i),
    });
    await expect(run((tx) => count(tx, 'a'))).rejects.toMatchObject({ message: expect.stringMatching(/unique/i) });
    expect(await counters()).toEqual({ a: 1 });
    expect(test.failures).toBe(0);
  });

  it('undoes a part of a piece alone, and parts within parts', async () => {
    await run(async (tx) => {
      await count(tx, 'a');
      const part = tx.savepoint(async () => {
        await count(tx, 'b');
        await tx.savepoint(() => count(tx, 'c'));
        throw new Error('not this part');
      });
      await expect(part).rejects.toThrow('not this part');
      await tx.savepoint(async () => {
        await count(tx, 'd');
        await tx.savepoint(() => count(tx, 'a')).catch(() => undefined);
        await count(tx, 'e');
      });
    });
    expect(await counters()).toEqual({ a: 1, d: 1, e: 1 });
  });

  it('goes on after a statement that it refused within a savepoint', async () => {
    await run(async (tx) => {
      await count(tx, 'a');
      await expect(tx.savepoint(() => count(tx, 'a'))).rejects.toMatchObject({
        message: expect.stringMatching(/unique/i),
      });
      await count(tx, 'b');
    });
    expect(await counters()).toEqual({ a: 1, b: 1 });
  });

  it('stores work once, and gives the result of the run that is stored, when it had to run it again', async () => {
    let runs = 0;
    const again = run(async (tx) => {
      runs += 1;
      await count(tx, `run ${runs}`);
      return runs;
    });
    const failing = run(() => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    const stored = `run ${await again}`;
    expect(await counters()).toEqual({ [stored]: 1 });
  });

  it('loses none of many increments at a time, whether counted by the statement or by the work', async () => {
    await run(async (tx) => {
      await count(tx, 'statement', 0);
      await count(tx, 'work', 0);
    });
    const byStatement = Array.from({ length: 50 }, () => run((tx) => increment(tx, 'statement')));
    const byWork = Array.from({ length: 50 }, () =>
      run(async (tx) => {
        const sql = `SELECT value FROM counters WHERE name = 'work'${forUpdate(tx)}`;
        const found = await tx.get<{ value: number }>(sql);
        await tx.run("UPDATE counters SET value = ? WHERE name = 'work'", [(found?.value ?? 0) + 1]);
      }),
    );
    await Promise.all([...byStatement, ...byWork]);
    expect(await counters()).toEqual({ statement: 50, work: 50 });
  });

  it('commits far more than it can run at a time', async () => {
    // A group of SQLite's has 500 at most; PostgreSQL has ten connections, for which work waits 10 s at most.
    const names = Array.from({ length: dialect === 'sqlite' ? 600 : 100 }, (_, index) => `n ${index}`);
    await Promise.all(names.map((name) => run((tx) => count(tx, name))));
    expect(Object.keys(await counters())).toHaveLength(names.length);
  });

  it('runs all work that takes the same rows in different orders', async () => {
    await run(async (tx) => {
      await count(tx, 'a', 0);
      await count(tx, 'b', 0);
    });
    const pairs = Array.from({ length: 6 }, (_, index) => (index % 2 === 0 ? ['a', 'b'] : ['b', 'a']));
    const work = pairs.map((names) =>
      run(async (tx) => {
        for (const name of names) await increment(tx, name);
      }),
    );
    const outcomes = await Promise.allSettled(work);
    const stored = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(await counters()).toEqual({ a: stored, b: stored });
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'TransientError' });
    }
  });

  it('runs all work that names the rows it wants, in any order of them, and loses only what fails', async () => {
    await run(async (tx) => {
      await count(tx, 'a', 0);
      await count(tx, 'b', 0);
    });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => {
        const rows = [['a', 'b'], ['b', 'a'], ['a']][index % 3] ?? [];
        return database.unitOfWork.run(
          async (tx) => {
            for (const name of [...rows].sort()) await increment(tx, name);
            if (index % 10 === 0) throw new PermanentError('NO', 'no');
          },
          'counted',
          { rows },
        );
      }),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(6);
    expect(await counters()).toEqual({ a: 54, b: 36 });
  });

  it('says how many rows a statement changed', async () => {
    await run(async (tx) => {
      await count(tx, 'a');
      await count(tx, 'b');
      expect(await tx.run('UPDATE counters SET value = 5')).toBe(2);
      expect(await tx.run("UPDATE counters SET value = 5 WHERE name = 'z'")).toBe(0);
      expect(await tx.run("INSERT INTO counters VALUES ('a', 1) ON CONFLICT DO NOTHING")).toBe(0);
      expect(await tx.get("UPDATE counters SET value = 6 WHERE name = 'a' RETURNING value")).toEqual({ value: 6 });
    });
  });

  it('gives values back as they were, and numbers for what it counts', async () => {
    const data = Buffer.from([0, 1, 255]);
    const text = 'ü "?" \'?\' \u{1f600} {"a": 1}';
    const largest = Number.MAX_SAFE_INTEGER;
    await run(async (tx) => {
      await count(tx, 'a', largest);
      await count(tx, 'b', 0);
      await tx.run('INSERT INTO entries (name, data) VALUES (?, ?)', [text, data]);
      await tx.run('INSERT INTO entries (name, data) VALUES (?, ?)', ['none', null]);
    });
    expect(
      await database.queries.all('SELECT count(*) AS rows, sum(value) AS sum, max(value) AS max FROM counters'),
    ).toEqual([{ rows: 2, sum: largest, max: largest }]);
    expect(await database.queries.all('SELECT id, name, data FROM entries ORDER BY id')).toEqual([
      { id: 1, name: text, data },
      { id: 2, name: 'none', data: null },
    ]);
    expect(await database.queries.all('SELECT value > 0 AS positive FROM counters ORDER BY name')).toEqual([
      { positive: 1 },
      { positive: 0 },
    ]);
  });

  it('takes statements that a piece starts side by side, in the order of their start', async () => {
    await run(async (tx) => {
      await Promise.all(['x', 'y', 'z'].map((name) => tx.run('INSERT INTO entries (name) VALUES (?)', [name])));
    });
    expect(await database.queries.all('SELECT name FROM entries ORDER BY id')).toEqual([
      { name: 'x' },
      { name: 'y' },
      { name: 'z' },
    ]);
  });

  it('has reads that cannot write', async () => {
    await expect(database.queries.all("INSERT INTO counters VALUES ('a', 1)")).rejects.toMatchObject({
      message: expect.stringMatching(/read-?\s?only/i),
    });
    await expect(database.reads.query("INSERT INTO counters VALUES ('a', 1)")).rejects.toMatchObject({
      message: expect.stringMatching(/read-?\s?only/i),
    });
  });

  it('calls after every commit, and after no rollback', async () => {
    let calls = 0;
    database.unitOfWork.onCommit(() => (calls += 1));
    await run((tx) => count(tx, 'a'));
    expect(calls).toBe(1);
    await expect(run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await run((tx) => count(tx, 'b'));
    expect(calls).toBeGreaterThanOrEqual(2);
  });

  it('finishes what waits before it closes, and opens again with its schema as it is', async () => {
    const writing = Promise.all(['a', 'b', 'c'].map((name) => run((tx) => count(tx, name))));
    await database.close();
    await writing;
    database = await test.open(countersSchema);
    expect(await counters()).toEqual({ a: 1, b: 1, c: 1 });
  });
});
