import { newId } from '@holdfast/contracts';
import { waitUntil } from '@holdfast/testing';
import {
  actOf,
  codeOf,
  DeskSuite,
  DLQ,
  granted,
  idsListed,
  letterIdOf,
  OPS,
  type OpenDesk,
  QUEUE,
} from './dead-letters.harness.js';

let suite: DeskSuite;
let open: OpenDesk;

beforeAll(async () => {
  suite = await DeskSuite.start();
  open = await suite.openDesk();
});
afterEach(() => suite.reset());
afterAll(() => suite.close());

const one = (id: string) => ({ caller: OPS, letters: { id } });

describe('a dead letter that is sent back', () => {
  it('leaves the others where they are, in their order', async () => {
    const ids = await suite.dieInOrder(60);
    const chosen = ids[40] ?? '';
    const act = await granted(open.desk.redrive(one(await letterIdOf(open.desk, chosen)), newId()));
    expect(act).toMatchObject({ action: 'redrive', scope: 'one', state: 'done', planned: 1, done: 1, by: 'ops' });
    expect(await suite.drain(QUEUE)).toEqual([chosen]);
    expect(await suite.drain(DLQ)).toEqual(ids.filter((id) => id !== chosen));
  });

  it('is the message that it was, without what made it dead, and is counted', async () => {
    const properties = { correlationId: 'c-1', type: 'orders.melt', timestamp: 1_700_000_000, replyTo: 'somebody' };
    const headers = { tenant: 'a', traceparent: 't', 'x-attempt': 11, CC: ['elsewhere'], 'x-redrive-count': 1 };
    const messageId = await suite.die({ ...properties, headers });
    const actId = newId();
    await granted(open.desk.redrive(one(await letterIdOf(open.desk, messageId)), actId));
    const message = await suite.probe.raw.get(QUEUE, { noAck: true });
    if (!message) throw new Error('it is not there');
    expect(message.content.toString()).toBe('{"pattern":"orders.melt","data":{}}');
    const { replyTo, ...kept } = properties;
    expect(message.properties).toMatchObject({ ...kept, messageId, deliveryMode: 2 });
    expect(message.properties.replyTo).toBeUndefined();
    const { 'x-delivery-count': _, ...carried } = message.properties.headers ?? {};
    expect(carried).toEqual({
      tenant: 'a',
      traceparent: 't',
      'x-redrive-count': 2,
      'x-redrive-act': actId,
    });
  });

  it('goes back also where its headers hold as much as a frame', async () => {
    const messageId = await suite.die({ headers: { huge: 'h'.repeat(65_200) } });
    await granted(open.desk.redrive(one(await letterIdOf(open.desk, messageId)), newId()));
    expect(await suite.drain(QUEUE)).toEqual([messageId]);
  });

  it('goes back once for a request that is delivered twice', async () => {
    const letterId = await letterIdOf(open.desk, await suite.die());
    const actId = newId();
    const first = await granted(open.desk.redrive(one(letterId), actId));
    expect(await granted(open.desk.redrive(one(letterId), actId))).toEqual(first);
    expect(await suite.probe.depth(QUEUE)).toBe(1);
    expect(await codeOf(open.desk.redrive(one(letterId), newId()))).toBe('DEAD_LETTER_NOT_FOUND');
  });

  it('stays a dead letter while its queue is not there, and the act says so', async () => {
    const letterId = await letterIdOf(open.desk, await suite.die());
    await suite.probe.raw.deleteQueue(QUEUE);
    const actId = newId();
    await expect(open.desk.redrive(one(letterId), actId)).rejects.toMatchObject({ code: 'UNROUTABLE' });
    const { act, data } = await actOf(open.desk, actId);
    expect(act).toMatchObject({ state: 'failed', done: 0, detail: expect.stringContaining(QUEUE) });
    expect(data).toEqual([expect.objectContaining({ letterId, outcome: 'kept' })]);
    expect(await suite.probe.depth(DLQ)).toBe(1);
  });

  it('is in both places when the line breaks between the two steps, and in order; the act knows that it does not know', async () => {
    const ids = await suite.dieInOrder(20);
    const cutting = await suite.openDesk({
      publisher: {
        publish: async (message) => {
          await open.publisher.publish(message);
          suite.line.cut();
        },
      },
    });
    const letterId = await letterIdOf(cutting.desk, ids[7] ?? '');
    const actId = newId();
    await expect(cutting.desk.redrive(one(letterId), actId)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(await suite.drain(QUEUE)).toEqual([ids[7]]);
    await waitUntil('the letters are back', async () => (await suite.probe.depth(DLQ)) === 20);
    expect((await actOf(open.desk, actId)).data).toEqual([expect.objectContaining({ letterId, outcome: 'unknown' })]);
    await waitUntil('the desk is connected again', () => open.connection.connected);
    await granted(open.desk.redrive(one(letterId), newId()));
    expect(await suite.drain(DLQ)).toEqual(ids.filter((id) => id !== ids[7]));
  });
});

describe('a dead letter that is discarded', () => {
  it('is gone, with the reason and all that it was noted', async () => {
    const ids = await suite.dieInOrder(5);
    const letterId = await letterIdOf(open.desk, ids[2] ?? '');
    const actId = newId();
    await granted(open.desk.discard({ ...one(letterId), reason: 'a test of ours' }, actId));
    expect(await idsListed(open.desk)).toEqual(ids.filter((id) => id !== ids[2]));
    expect(await suite.probe.depth(QUEUE)).toBe(0);
    const { act, data } = await actOf(open.desk, actId);
    expect(act).toMatchObject({
      action: 'discard',
      state: 'done',
      done: 1,
      by: 'ops',
      reason: 'a test of ours',
      queue: QUEUE,
    });
    expect(act.endedAt).not.toBeNull();
    expect(data).toEqual([
      {
        ...{ letterId, messageId: ids[2], pattern: 'orders.melt', reason: 'unknown-pattern', outcome: 'done' },
        at: expect.stringMatching(/Z$/),
      },
    ]);
  });

  it('is taken once where two are equal in everything', async () => {
    const messageId = newId();
    await suite.die({ messageId });
    await suite.die({ messageId });
    const letterId = await letterIdOf(open.desk, messageId);
    await granted(open.desk.discard({ ...one(letterId), reason: 'one of two' }, newId()));
    expect(await suite.drain(DLQ)).toEqual([messageId]);
  });

  it('may have a name that no database would take', async () => {
    await suite.die({ body: '{"pattern":"a\\u0000b\\ud800"}', messageId: 'm\u0000\n' });
    const [messageId] = await idsListed(open.desk);
    const letterId = await letterIdOf(open.desk, messageId ?? '');
    await granted(open.desk.discard({ ...one(letterId), reason: 'odd' }, newId()));
    expect(await suite.probe.depth(DLQ)).toBe(0);
  });
});

describe('the acts', () => {
  it('are listed page by page, newest first; who finds nothing has not acted', async () => {
    const ids: string[] = [];
    for (const messageId of await suite.dieInOrder(5)) {
      ids.unshift(newId());
      const discard = { ...one(await letterIdOf(open.desk, messageId)), reason: 'listed' };
      await granted(open.desk.discard(discard, ids[0] ?? ''));
    }
    await codeOf(open.desk.discard({ ...one('0'.repeat(32)), reason: 'nothing' }, newId()));
    const first = await granted(open.desk.listActs({ limit: 3 }));
    const second = await granted(open.desk.listActs({ limit: 2, cursor: first.nextCursor ?? '' }));
    expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids);
    expect(await codeOf(open.desk.showAct({ actId: newId(), limit: 1 }))).toBe('NOT_FOUND');
  });
});
