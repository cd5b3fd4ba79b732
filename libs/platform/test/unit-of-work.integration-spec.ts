import { PermanentError, TransientError, unitOfWorkMetrics } from '@holdfast/platform';
import { Registry } from 'prom-client';
import { insert, NotesDatabase } from './notes-database.js';

let database: NotesDatabase;

beforeEach(async () => {
  database = new NotesDatabase();
  await database.open();
});
afterEach(() => database.close());

const statuses = async (work: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(work)).map(({ status }) => status);

describe('the unit of work', () => {
  it('commits what waits together with one commit', async () => {
    await Promise.all(['a', 'b', 'c'].map((id) => database.write(id)));
    expect(database.commits).toEqual([3]);
    expect(database.notes()).toEqual(['a', 'b', 'c']);
  });

  it('resolves when the work is committed, to what the work gave', async () => {
    const seen = await database.unitOfWork.run(async (tx) => {
      await insert(tx, 'a');
      return tx.get<{ text: string }>('SELECT text FROM notes WHERE id = ?', ['a']);
    });
    expect(seen).toEqual({ text: 'text' });
    expect(database.notes()).toEqual(['a']);
  });

  it('lets no one see what is not committed, least of all its own reads', async () => {
    await database.unitOfWork.run(async (tx) => {
      await insert(tx, 'a');
      expect(database.notes()).toEqual([]);
      expect(await database.opened.reads.query('SELECT id FROM notes')).toEqual([]);
    });
    expect(await database.opened.reads.query('SELECT id FROM notes')).toEqual([{ id: 'a' }]);
  });

  it('takes back only what the failing piece did', async () => {
    const failing = database.unitOfWork.run(async (tx) => {
      await insert(tx, 'b');
      await tx.run('DELETE FROM notes');
      throw new PermanentError('NO', 'no');
    });
    const others = [database.write('a'), failing, database.write('c')];
    expect(await statuses(others)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(failing).rejects.toMatchObject({ code: 'NO' });
    expect(database.commits).toEqual([3]);
    expect(database.notes()).toEqual(['a', 'c']);
  });

  it('takes back only the piece whose statement the database refuses', async () => {
    const work = [database.write('a'), database.write('a'), database.write('b', ''), database.write('c')];
    expect(await statuses(work)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(database.notes()).toEqual(['a', 'c']);
  });

  it('stores work once, and gives the result of what is stored, when it had to run it again', async () => {
    let runs = 0;
    const again = database.unitOfWork.run(async (tx) => {
      runs += 1;
      await insert(tx, `run ${runs}`);
      return runs;
    });
    const failing = database.unitOfWork.run(() => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(database.notes()).toEqual([`run ${await again}`]);
  });

  it('can undo a part of a piece alone', async () => {
    await database.unitOfWork.run(async (tx) => {
      await insert(tx, 'a');
      const part = tx.savepoint(async () => {
        await insert(tx, 'b');
        await tx.savepoint(() => insert(tx, 'c'));
        throw new Error('not this part');
      });
      await expect(part).rejects.toThrow('not this part');
      await tx.savepoint(() => insert(tx, 'd'));
    });
    expect(database.notes()).toEqual(['a', 'd']);
  });

  it('says how many rows a statement changed', async () => {
    await Promise.all(['a', 'b'].map((id) => database.write(id)));
    await database.unitOfWork.run(async (tx) => {
      expect(await tx.run("UPDATE notes SET text = 'new'")).toBe(2);
      expect(await tx.run("UPDATE notes SET text = 'new' WHERE id = 'z'")).toBe(0);
      expect(await tx.run("INSERT INTO notes VALUES ('a', 'x') ON CONFLICT DO NOTHING")).toBe(0);
      expect(await tx.get("UPDATE notes SET text = 'x' WHERE id = 'a' RETURNING id")).toEqual({ id: 'a' });
    });
  });

  it('commits far more than one group takes, in the order it was asked', async () => {
    const ids = Array.from({ length: 1_200 }, (_, index) => String(index));
    const order: string[] = [];
    await Promise.all(ids.map((id) => database.write(id).then(() => order.push(id))));
    expect(order).toEqual(ids);
    expect(database.notes()).toHaveLength(ids.length);
    expect(database.commits.length).toBeLessThan(ids.length / 100);
  });

  it('runs what is asked for while a group is committed', async () => {
    const second = database.write('a').then(() => database.write('b'));
    await Promise.all([second, database.write('c')]);
    expect(database.notes()).toEqual(['a', 'b', 'c']);
    expect(database.commits).toEqual([2, 1]);
  });

  it('finishes what waits before it closes', async () => {
    const writing = database.write('a');
    await database.opened.close();
    await writing;
    expect(database.notes()).toEqual(['a']);
    await database.open();
  });

  it('syncs every commit to disk, and readers wait for no writer', async () => {
    await database.unitOfWork.run(async (tx) => {
      expect(await tx.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
      expect(await tx.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
      expect(await tx.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    });
  });

  it('has reads that cannot write', async () => {
    await expect(database.opened.reads.query("INSERT INTO notes VALUES ('a', 'x')")).rejects.toMatchObject({
      message: expect.stringMatching(/readonly/),
    });
  });

  it('reports commits, their pieces and failures as metrics', async () => {
    const registry = new Registry();
    const metrics = unitOfWorkMetrics(registry);
    metrics.committed(3, 0.004);
    metrics.failed();
    const text = await registry.metrics();
    expect(text).toContain('holdfast_unit_of_work_pieces_sum 3');
    expect(text).toContain('holdfast_unit_of_work_seconds_count 1');
    expect(text).toContain('holdfast_unit_of_work_failures_total 1');
  });
});

describe('another process that holds the file', () => {
  it('is waited for', async () => {
    database.stranger.exec('BEGIN IMMEDIATE');
    const writing = database.write('a');
    setTimeout(() => database.stranger.exec('COMMIT'), 300);
    await writing;
    expect(database.notes()).toEqual(['a']);
  });

  it('is given up on after a few seconds, with nothing stored and the file usable afterwards', async () => {
    database.stranger.exec('BEGIN IMMEDIATE');
    const writing = [database.write('a'), database.write('b')];
    expect(await statuses(writing)).toEqual(['rejected', 'rejected']);
    await expect(writing[0]).rejects.toBeInstanceOf(TransientError);
    expect(database.failures).toBe(1);
    database.stranger.exec('COMMIT');
    expect(database.notes()).toEqual([]);
    await database.write('c');
    expect(database.notes()).toEqual(['c']);
  });
});
