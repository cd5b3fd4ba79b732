import { newId } from '@holdfast/contracts';
import { type Dialect } from '@holdfast/platform';
import { dialects, newRedisUrl, waitUntil } from '@holdfast/testing';
import {
  actOf,
  codeOf,
  DeskSuite,
  DLQ,
  ended,
  granted,
  idsListed,
  listed,
  OPS,
  type OpenDesk,
  QUEUE,
} from './dead-letters.harness.js';
import { NoteTaker } from './note-taker.js';

/** A pause between two steps that ends when the test says so, or the act is stopped. */
class Gate {
  private open: (() => void) | undefined;
  waiting = 0;

  readonly pause = (_ms: number, until: AbortSignal): Promise<void> => {
    this.waiting += 1;
    return new Promise((resolve) => {
      this.open = resolve;
      until.addEventListener('abort', () => resolve());
    });
  };

  next(): void {
    this.open?.();
  }
}

const all = (letters: object = {}) => ({ caller: OPS, letters: { where: {}, ...letters } });

describe.each(dialects)('all dead letters, with the acts in %s', (dialect: Dialect) => {
  let suite: DeskSuite;
  let open: OpenDesk;
  /** How many messages were in the queue at each pause, and for how long it was to be. */
  let pauses: [number, number][];

  beforeAll(async () => {
    suite = await DeskSuite.start(dialect);
    open = await suite.openDesk({
      pause: async (ms) => {
        pauses.push([await suite.probe.depth(QUEUE), ms]);
      },
    });
  });
  beforeEach(() => {
    pauses = [];
  });
  afterEach(() => suite.reset());
  afterAll(() => suite.close());

  it('go back in their order, no more in a second than they may', async () => {
    const ids = await suite.dieInOrder(23);
    const actId = newId();
    const act = await granted(open.desk.redrive(all({ maxPerSecond: 5 }), actId));
    expect(act).toMatchObject({ scope: 'all', state: 'running', planned: 23, maxPerSecond: 5 });
    expect(await ended(open.desk, actId)).toMatchObject({ state: 'done', done: 23, detail: null });
    expect(pauses).toEqual([5, 10, 15, 20].map((sent) => [sent, 1_000]));
    expect(await suite.drain(QUEUE)).toEqual(ids);
    expect((await actOf(open.desk, actId)).data.map(({ messageId }) => messageId)).toEqual(ids);
  });

  it('of a reason go and the others stay, in their order', async () => {
    const ids = await suite.dieInOrder(30, (place) => (place % 3 === 0 ? 'malformed' : 'handler-failed'));
    const actId = newId();
    await granted(open.desk.discard({ ...all({ where: { reason: 'malformed' } }), reason: 'a broken script' }, actId));
    expect(await ended(open.desk, actId)).toMatchObject({ state: 'done', planned: 10, done: 10 });
    expect(await suite.drain(DLQ)).toEqual(ids.filter((_, place) => place % 3 !== 0));
    expect(await suite.probe.depth(QUEUE)).toBe(0);
  });

  it('are as many as are asked for, the oldest first', async () => {
    const ids = await suite.dieInOrder(12);
    const actId = newId();
    await granted(open.desk.redrive(all({ atMost: 7 }), actId));
    expect(await ended(open.desk, actId)).toMatchObject({ planned: 7, done: 7 });
    expect(await suite.drain(QUEUE)).toEqual(ids.slice(0, 7));
    expect(await suite.drain(DLQ)).toEqual(ids.slice(7));
  });

  it('may be none, and that is an act as well', async () => {
    const actId = newId();
    await granted(open.desk.redrive(all(), actId));
    expect(await ended(open.desk, actId)).toMatchObject({ state: 'done', planned: 0, done: 0 });
  });

  it('are worked off by one act at a time, and anybody may look meanwhile', async () => {
    const ids = await suite.dieInOrder(6);
    const gate = new Gate();
    const { desk } = await suite.openDesk({ pause: gate.pause });
    const actId = newId();
    await granted(desk.redrive(all({ maxPerSecond: 2 }), actId));
    await waitUntil('it pauses', () => gate.waiting === 1);
    expect(await codeOf(open.desk.discard({ ...all(), reason: 'too' }, newId()))).toBe('DEAD_LETTERS_BUSY');
    expect(await idsListed(open.desk)).toEqual(ids.slice(2));
    expect((await actOf(open.desk, actId)).act).toMatchObject({ state: 'running', done: 2 });
    gate.next();
    await waitUntil('it pauses again', () => gate.waiting === 2);
    gate.next();
    expect(await ended(desk, actId)).toMatchObject({ state: 'done', done: 6 });
  });

  it('stay where they are when the service stops, and the act says how far it came', async () => {
    const ids = await suite.dieInOrder(6);
    const gate = new Gate();
    const { desk, close } = await suite.openDesk({ pause: gate.pause });
    const actId = newId();
    await granted(desk.redrive(all({ maxPerSecond: 4 }), actId));
    await waitUntil('it pauses', () => gate.waiting === 1);
    await close();
    expect((await actOf(open.desk, actId)).act).toMatchObject({ state: 'stopped', done: 4, planned: 6 });
    expect(await suite.drain(QUEUE)).toEqual(ids.slice(0, 4));
    expect(await suite.drain(DLQ)).toEqual(ids.slice(4));
  });

  it('are as they were where the queue is not there, and the act has failed', async () => {
    const ids = await suite.dieInOrder(3);
    await suite.probe.raw.deleteQueue(QUEUE);
    const actId = newId();
    await granted(open.desk.redrive(all(), actId));
    expect(await ended(open.desk, actId)).toMatchObject({
      state: 'failed',
      done: 0,
      detail: expect.stringContaining(QUEUE),
    });
    expect(await idsListed(open.desk)).toEqual(ids);
  });

  it('look whole to several instances that look at once', async () => {
    const ids = await suite.dieInOrder(40);
    const other = await suite.openDesk();
    const looks = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((look) => idsListed(look % 2 === 0 ? open.desk : other.desk)),
    );
    if (dialect === 'postgres') for (const look of looks) expect(look).toEqual(ids);
    expect(await suite.drain(DLQ)).toEqual(ids);
  });

  it('are free again when the service that worked on them has vanished', async () => {
    await suite.dieInOrder(4);
    const gate = new Gate();
    const vanishing = await suite.openDesk({ pause: gate.pause });
    const actId = newId();
    await granted(vanishing.desk.redrive(all({ maxPerSecond: 1 }), actId));
    await waitUntil('it pauses', () => gate.waiting === 1);
    await open.database.unitOfWork.run((tx) =>
      tx.run('UPDATE dead_letter_acts SET touched_at = 0 WHERE id = ?', [actId]),
    );
    expect((await actOf(open.desk, actId)).act).toMatchObject({ state: 'interrupted', done: 1 });
    const next = newId();
    await granted(open.desk.redrive(all(), next));
    expect(await ended(open.desk, next)).toMatchObject({ state: 'done', done: 3 });
    expect((await actOf(open.desk, actId)).act).toMatchObject({ state: 'interrupted', done: 1 });
    expect(await suite.probe.depth(QUEUE)).toBe(4);
  });
});

describe('dead letters that nothing has mended', () => {
  let suite: DeskSuite;
  let taker: NoteTaker;

  beforeAll(async () => {
    suite = await DeskSuite.start();
    taker = await NoteTaker.start({ amqpUrl: suite.broker.url, redisUrl: newRedisUrl() });
  });
  afterEach(() => suite.reset());
  afterAll(async () => {
    await taker.close();
    await suite.close();
  });

  const countsIn = async (desk: OpenDesk['desk']) => (await listed(desk)).data.map(({ redriveCount }) => redriveCount);

  it('come back with their count, once, and the act ends', async () => {
    const { desk } = await suite.openDesk({ pause: async () => undefined });
    const ids = await suite.dieInOrder(12);
    for (const count of [1, 2]) {
      const actId = newId();
      await granted(desk.redrive(all({ maxPerSecond: 3 }), actId));
      expect(await ended(desk, actId)).toMatchObject({ state: 'done', planned: 12, done: 12 });
      await waitUntil('all have come back', async () => (await desk.depth()) === 12);
      expect(await countsIn(desk)).toEqual(ids.map(() => count));
      const [letter] = (await listed(desk)).data;
      expect(ids).toContain(letter?.messageId);
      expect(letter?.deadAt).not.toBe('2026-01-05T09:30:00.000Z');
    }
  });

  it('are not taken for others that somebody has taken away meanwhile', async () => {
    const returned = () => waitUntil('they have come back', async () => (await suite.probe.depth(DLQ)) === 12);
    const takeTheOthers = async () => {
      await returned();
      for (let count = 0; count < 9; count += 1) await suite.probe.take(DLQ);
    };
    const { desk } = await suite.openDesk({ pause: takeTheOthers });
    await suite.dieInOrder(12);
    const actId = newId();
    await granted(desk.redrive(all({ maxPerSecond: 3 }), actId));
    expect(await ended(desk, actId)).toMatchObject({ state: 'done', planned: 12, done: 3 });
    expect(await countsIn(desk)).toEqual([1, 1, 1]);
  });
});
