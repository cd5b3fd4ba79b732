import { beforeIdsOf, newId } from '@holdfast/contracts';
import { CreateEventLogAndInbox1700000000000, type Prunable, prune } from '@holdfast/messaging';
import { createLogger, type Database } from '@holdfast/platform';
import { dialects, TestDatabase, waitUntil } from '@holdfast/testing';
import { INBOX_KEEP_MS, inboxRetention } from '../src/retention/inbox-retention.js';
import { Pruner } from '../src/retention/pruner.js';

const schema = { entities: [], migrations: [CreateEventLogAndInbox1700000000000] };
const going = new AbortController().signal;

/** A UUIDv7 of a time. */
const idOf = (at: number): string => beforeIdsOf(at).slice(0, 13) + newId().slice(13);

describe.each(dialects)('what is kept for some time only on %s', (dialect) => {
  let test: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    test = await TestDatabase.create(dialect);
    database = await test.open(schema);
  });
  afterEach(() => test.close());

  async function store(rows: readonly { id: string; at: number }[]): Promise<void> {
    await database.unitOfWork.run(async (tx) => {
      for (const { id, at } of rows) {
        await tx.run('INSERT INTO inbox (message_id, consumer, processed_at) VALUES (?, ?, ?)', [id, 'notes', at]);
      }
    });
  }
  const left = async (): Promise<string[]> => {
    const rows = await database.queries.all<{ id: string }>('SELECT message_id AS id FROM inbox ORDER BY message_id');
    return rows.map(({ id }) => id);
  };

  it('are inbox rows of messages that were made and handled long ago', async () => {
    const now = Date.now();
    const old = now - INBOX_KEEP_MS - 1;
    const rows = {
      old: { id: idOf(old), at: old },
      recent: { id: idOf(now), at: now },
      // Of a relay that was away for a week.
      handledLate: { id: idOf(old), at: now },
      byHand: { id: 'sent by hand', at: old },
    };
    await store(Object.values(rows));
    expect(await prune(inboxRetention(), database.unitOfWork, now, going)).toBe(1);
    expect(await left()).toEqual([rows.handledLate.id, rows.recent.id, rows.byHand.id].sort());
  });

  it('goes in small transactions, however much it is', async () => {
    const old = Date.now() - 2 * INBOX_KEEP_MS;
    await store(Array.from({ length: 450 }, () => ({ id: idOf(old), at: old })));
    const before = test.commits.length;
    expect(await prune(inboxRetention(), database.unitOfWork, Date.now(), going)).toBe(450);
    expect(test.commits.length - before).toBe(3);
    expect(await left()).toEqual([]);
  });

  it('stays when it is to be stopped', async () => {
    const old = Date.now() - 2 * INBOX_KEEP_MS;
    await store([{ id: idOf(old), at: old }]);
    expect(await prune(inboxRetention(), database.unitOfWork, Date.now(), AbortSignal.abort())).toBe(0);
  });

  it('is looked for by itself, also behind something that cannot be pruned', async () => {
    const old = Date.now() - 2 * INBOX_KEEP_MS;
    await store([{ id: idOf(old), at: old }]);
    const broken: Prunable = { name: 'nothing', keepMs: 0, prune: (tx) => tx.run('DELETE FROM no_such_table') };
    const pruner = new Pruner([broken, inboxRetention()], database.unitOfWork, createLogger('test', 'silent'));
    pruner.start(0);
    await waitUntil('the inbox is pruned', async () => (await left()).length === 0);
    await pruner.stop();
  });
});
