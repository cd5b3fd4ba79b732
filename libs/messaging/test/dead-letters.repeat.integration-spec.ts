import { type DeadLetterAct, newId, type Reply } from '@holdfast/contracts';
import { type Dialect } from '@holdfast/platform';
import { dialects } from '@holdfast/testing';
import {
  codeOf,
  DeskSuite,
  DLQ,
  ended,
  granted,
  idsListed,
  letterIdOf,
  OPS,
  type OpenDesk,
  QUEUE,
} from './dead-letters.harness.js';

const AT_ONCE = 5;

describe.each(dialects)('acts on dead letters that are repeated under a key, in %s', (dialect: Dialect) => {
  let suite: DeskSuite;
  /** Two instances of a service where they can share a database, and the same one twice where they cannot. */
  let desks: [OpenDesk['desk'], OpenDesk['desk']];

  beforeAll(async () => {
    suite = await DeskSuite.start(dialect);
    const one = await suite.openDesk({ pause: async () => undefined });
    const another = dialect === 'postgres' ? await suite.openDesk({ pause: async () => undefined }) : one;
    desks = [one.desk, another.desk];
  });
  afterEach(() => suite.reset());
  afterAll(() => suite.close());

  const keyed = (letters: object) => ({ caller: OPS, letters: letters as never, idempotencyKey: newId() });

  /** Requests with one key, by turns at both desks; each is a message of its own. */
  const atOnce = (request: (desk: OpenDesk['desk']) => Promise<Reply<DeadLetterAct>>) =>
    Promise.all(Array.from({ length: AT_ONCE }, (_, place) => request(desks[place % 2 === 0 ? 0 : 1])));

  const first = (replies: readonly Reply<DeadLetterAct>[]): DeadLetterAct => {
    const [reply, ...more] = replies.filter((one) => one.ok && one.replayed === undefined);
    if (!reply?.ok || more.length > 0) throw new Error(`one is the first, not ${more.length + 1}`);
    return reply.value;
  };

  const answers = (replies: readonly Reply<DeadLetterAct>[]): Set<string> =>
    new Set(replies.map((reply) => (reply.ok ? JSON.stringify(reply.value) : reply.error.code)));

  it('send a letter back once, and answer the same, also when it has come back dead since', async () => {
    const messageId = await suite.die();
    const request = keyed({ id: await letterIdOf(desks[0], messageId) });
    const replies = await atOnce((desk) => desk.redrive(request, newId()));
    const act = first(replies);
    expect(act).toMatchObject({ state: 'done', done: 1 });
    expect([...answers(replies)].filter((answer) => answer !== 'IDEMPOTENCY_KEY_IN_USE')).toEqual([
      JSON.stringify(act),
    ]);
    expect(await suite.drain(QUEUE)).toEqual([messageId]);

    await suite.die({ messageId });
    expect(await desks[1].redrive(request, newId())).toEqual({ ok: true, value: act, replayed: true });
    expect(await idsListed(desks[0])).toEqual([messageId]);
  });

  it('discard one of two that are equal in everything', async () => {
    const messageId = newId();
    for (const _ of [1, 2]) await suite.die({ messageId });
    const request = { ...keyed({ id: await letterIdOf(desks[0], messageId) }), reason: 'one of two' };
    for (const desk of desks) await granted(desk.discard(request, newId()));
    expect(await suite.drain(DLQ)).toEqual([messageId]);
  });

  it('send all back once, and answer what the first was answered, also when that has ended', async () => {
    const ids = await suite.dieInOrder(12);
    const request = keyed({ where: {}, maxPerSecond: 5 });
    const replies = await atOnce((desk) => desk.redrive(request, newId()));
    const act = first(replies);
    expect(act).toMatchObject({ state: 'running', planned: 12, done: 0 });
    expect(answers(replies)).toEqual(new Set([JSON.stringify(act)]));
    expect(await ended(desks[0], act.id)).toMatchObject({ state: 'done', done: 12 });
    expect(await suite.drain(QUEUE)).toEqual(ids);

    await suite.dieInOrder(3);
    const again = await desks[1].redrive(request, newId());
    expect(JSON.stringify(again)).toBe(JSON.stringify({ ok: true, value: act, replayed: true }));
    expect(await suite.probe.depth(QUEUE)).toBe(0);
  });

  it('refuse a key that was for another act, and take it from another operator', async () => {
    const [one = '', other = ''] = await suite.dieInOrder(2);
    const request = keyed({ id: await letterIdOf(desks[0], one) });
    await granted(desks[0].redrive(request, newId()));
    const another = { ...request, letters: { id: await letterIdOf(desks[0], other) } };
    expect(await codeOf(desks[1].redrive(another, newId()))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await codeOf(desks[1].discard({ ...request, reason: 'r' }, newId()))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await codeOf(desks[1].redrive({ ...request, letters: { where: {} } }, newId()))).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
    await granted(desks[1].redrive({ ...another, caller: { ...OPS, clientId: 'night-shift' } }, newId()));
    expect(await suite.drain(QUEUE)).toEqual([one, other]);
  });

  it('keep no refusal: what could not be done is done under the same key when it can', async () => {
    const messageId = await suite.die();
    const request = keyed({ id: await letterIdOf(desks[0], messageId) });
    await suite.probe.raw.deleteQueue(QUEUE);
    await expect(desks[0].redrive(request, newId())).rejects.toMatchObject({ code: 'UNROUTABLE' });
    await suite.declareAgain();
    expect(await granted(desks[1].redrive(request, newId()))).toMatchObject({ state: 'done', done: 1 });
    expect(await suite.drain(QUEUE)).toEqual([messageId]);
  });
});

// Two instances that share a database, one of which does something in the middle of what the other does.
describe('an act on dead letters that is asked for at two instances at once', () => {
  let suite: DeskSuite;
  let one: OpenDesk;

  beforeAll(async () => {
    suite = await DeskSuite.start('postgres');
    one = await suite.openDesk({ pause: async () => undefined });
  });
  afterEach(() => suite.reset());
  afterAll(() => suite.close());

  type SharedDatabase = Pick<OpenDesk['database'], 'unitOfWork' | 'queries' | 'processLock' | 'dialect'>;

  /** Another desk, on whose database a test has its say. */
  const another = async (inTheWay: (database: SharedDatabase) => Partial<SharedDatabase>) => {
    const { dialect, unitOfWork, queries, processLock } = one.database;
    const database = { dialect, unitOfWork, queries, processLock };
    return (await suite.openDesk({ database: { ...database, ...inTheWay(database) } })).desk;
  };

  /** Does it before the first of the calls. */
  const firstOf = (work: () => Promise<unknown>) => {
    let done: Promise<unknown> | undefined;
    return () => (done ??= work());
  };

  it('is answered with the act where its message was delivered twice and the other one has the letter', async () => {
    const messageId = await suite.die();
    const request = { caller: OPS, letters: { id: await letterIdOf(one.desk, messageId) } };
    const actId = newId();
    const first = firstOf(() => granted(one.desk.redrive(request, actId)));
    const desk = await another(({ processLock }) => ({
      processLock: (name) => {
        const lock = processLock(name);
        const take = lock.take.bind(lock);
        return Object.assign(lock, { take: () => first().then(take) });
      },
    }));
    expect(await granted(desk.redrive(request, actId))).toEqual(await first());
    expect(await suite.drain(QUEUE)).toEqual([messageId]);
  });

  it('is answered with the act where its message was delivered twice and the other one works all letters off', async () => {
    const ids = await suite.dieInOrder(3);
    const request = { caller: OPS, letters: { where: {} } };
    const actId = newId();
    const first = firstOf(() => granted(one.desk.redrive(request, actId)));
    const desk = await another(({ unitOfWork }) => ({
      unitOfWork: {
        onCommit: unitOfWork.onCommit.bind(unitOfWork),
        run: (...given) => first().then(() => unitOfWork.run(...given)),
      },
    }));
    expect(await granted(desk.redrive(request, actId))).toMatchObject({ id: actId, planned: 3 });
    expect(await ended(one.desk, actId)).toMatchObject({ state: 'done', done: 3 });
    expect(await suite.drain(QUEUE)).toEqual(ids);
  });

  it('does not take a letter for gone whose act under the same key has just failed', async () => {
    const messageId = await suite.die();
    const request = keyedFor(await letterIdOf(one.desk, messageId));
    const underWay = newId();
    const begin = firstOf(() =>
      one.database.unitOfWork.run((tx) =>
        tx.run(
          `INSERT INTO dead_letter_acts (id, queue, action, scope, filter, client_id, idempotency_key, fingerprint,
             planned, state, begun_at, touched_at) VALUES (?, ?, 'redrive', 'one', '{}', ?, ?, '', 1, 'running', ?, ?)`,
          [underWay, QUEUE, OPS.clientId, request.idempotencyKey, Date.now(), Date.now()],
        ),
      ),
    );
    const fail = firstOf(() =>
      one.database.unitOfWork.run((tx) =>
        tx.run(`UPDATE dead_letter_acts SET state = 'failed', idempotency_key = NULL WHERE id = ?`, [underWay]),
      ),
    );
    const desk = await another(({ unitOfWork }) => ({
      unitOfWork: {
        onCommit: unitOfWork.onCommit.bind(unitOfWork),
        run: async (...given) => {
          await begin();
          const result = await unitOfWork.run(...given);
          await fail();
          return result;
        },
      },
    }));
    expect(await codeOf(desk.redrive(request, newId()))).toBe('IDEMPOTENCY_KEY_IN_USE');
    expect(await granted(desk.redrive(request, newId()))).toMatchObject({ state: 'done', done: 1 });
    expect(await suite.drain(QUEUE)).toEqual([messageId]);
  });

  const keyedFor = (id: string) => ({ caller: OPS, letters: { id }, idempotencyKey: newId() });
});
