import { TransientError } from '@holdfast/platform';
import { insert, NotesDatabase } from './notes-database.js';

const LARGE = 'x'.repeat(100_000);

// Several rows of which a later one may be refused: SQLite keeps a journal of the statement, and a full disk undoes the
// statement alone. Without one it undoes the whole transaction.
const MANY_LARGE_ROWS = `
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
  INSERT INTO notes SELECT 'row ' || i, ? FROM n`;

let database: NotesDatabase;

beforeEach(async () => {
  database = new NotesDatabase();
  await database.open();
  await database.write('before');
});
afterEach(() => database.close());

/** Leaves room for a few small rows. */
const fill = () => database.unitOfWork.run((tx) => tx.get('PRAGMA max_page_count = 8'));
const makeRoom = () => database.unitOfWork.run((tx) => tx.get('PRAGMA max_page_count = 100000'));

describe('a full disk', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['one row', () => database.write('large', LARGE)],
    ['several rows', () => database.unitOfWork.run((tx) => tx.run(MANY_LARGE_ROWS, [LARGE]))],
    [
      'a part that is undone alone',
      () => database.unitOfWork.run((tx) => tx.savepoint(() => insert(tx, 'large', LARGE))),
    ],
  ])('is a transient fault of a piece that writes %s, and costs nobody anything for good', async (_name, writeMuch) => {
    await fill();
    const group = [database.write('small'), writeMuch(), database.write('after')];
    const [small, much, after] = await Promise.allSettled(group);
    expect(much).toMatchObject({ status: 'rejected', reason: expect.any(TransientError) });
    for (const other of [small, after]) {
      if (other?.status === 'rejected') expect(other.reason).toBeInstanceOf(TransientError);
    }
    const stored = [
      'before',
      ...(small?.status === 'fulfilled' ? ['small'] : []),
      ...(after?.status === 'fulfilled' ? ['after'] : []),
    ];
    expect(database.notes()).toEqual(stored.sort());

    await makeRoom();
    await Promise.all(['small 2', 'large 2'].map((id) => database.write(id, LARGE)));
    expect(database.notes()).toEqual(expect.arrayContaining(['large 2', 'small 2']));
  });

  it('leaves nothing of a piece that goes on as if nothing had happened', async () => {
    await fill();
    const careless = database.unitOfWork.run(async (tx) => {
      await insert(tx, 'first half');
      await insert(tx, 'large', LARGE).catch(() => undefined);
      await insert(tx, 'second half');
    });
    await expect(careless).rejects.toBeInstanceOf(TransientError);
    expect(database.notes()).toEqual(['before']);
  });
});
