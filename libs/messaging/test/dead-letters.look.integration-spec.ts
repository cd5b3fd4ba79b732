import { newId } from '@holdfast/contracts';
import { waitUntil } from '@holdfast/testing';
import {
  codeOf,
  DeskSuite,
  DLQ,
  granted,
  idsListed,
  letterIdOf,
  listed,
  type OpenDesk,
  QUEUE,
  sha256,
} from './dead-letters.harness.js';

let suite: DeskSuite;
let open: OpenDesk;

beforeAll(async () => {
  suite = await DeskSuite.start();
  open = await suite.openDesk();
});
afterEach(() => suite.reset());
afterAll(() => suite.close());

describe('a look at the dead letters', () => {
  it('shows them oldest first, with why they are dead', async () => {
    const messageId = await suite.die({ headers: { 'x-redrive-count': 2 } });
    const second = await suite.die({ body: 'no message', reason: 'malformed' });
    const page = await listed(open.desk);
    expect(page).toMatchObject({ nextCursor: null, depth: 2, examined: 2 });
    expect(page.byReason).toEqual({ 'unknown-pattern': 1, malformed: 1 });
    expect(page.data.map((letter) => letter.messageId)).toEqual([messageId, second]);
    expect(page.data[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      messageId,
      pattern: 'orders.melt',
      reason: 'unknown-pattern',
      detail: 'a sentence on why',
      deadAt: '2026-01-05T09:30:00.000Z',
      redriveCount: 2,
      bytes: Buffer.byteLength('{"pattern":"orders.melt","data":{}}'),
    });
    expect(page.data[1]?.pattern).toBeNull();
  });

  it('changes nothing, however often somebody looks: not their order, not a byte of them, and not their ids', async () => {
    const expected = await suite.dieInOrder(200);
    const first = await listed(open.desk);
    // RabbitMQ 4 throws away by itself what was delivered 20 times.
    for (let look = 0; look < 25; look += 1) await granted(open.desk.get({ letterId: first.data[look]?.id ?? '' }));
    expect(await listed(open.desk)).toEqual(first);
    expect(await suite.drain(DLQ)).toEqual(expected);
  });

  it('goes page by page, and misses none when letters go in between', async () => {
    const expected = await suite.dieInOrder(25);
    const first = await listed(open.desk, { limit: 10 });
    const second = await listed(open.desk, { limit: 10, cursor: first.nextCursor });
    const third = await listed(open.desk, { limit: 10, cursor: second.nextCursor });
    const seen = [first, second, third].flatMap(({ data }) => data.map(({ messageId }) => messageId));
    expect(seen).toEqual(expected);
    expect(third.nextCursor).toBeNull();
    await suite.probe.take(DLQ);
    const again = await listed(open.desk, { limit: 10, cursor: first.data[0]?.id });
    expect(again.data.map(({ messageId }) => messageId)).toEqual(expected.slice(1, 11));
  });

  it('finds those of a reason or a pattern', async () => {
    await suite.dieInOrder(6, (place) => (place % 2 === 0 ? 'malformed' : 'handler-failed'));
    const other = await suite.die({ body: { pattern: 'orders.create', data: {} }, reason: 'handler-failed' });
    expect((await listed(open.desk, { where: { reason: 'malformed' } })).data).toHaveLength(3);
    const both = await listed(open.desk, { where: { reason: 'handler-failed', pattern: 'orders.create' } });
    expect(both.data.map(({ messageId }) => messageId)).toEqual([other]);
    expect(both.byReason).toEqual({ malformed: 3, 'handler-failed': 4 });
  });

  it('looks at the oldest thousand and says how many there are', async () => {
    for (let count = 0; count < 1_010; count += 1) {
      suite.probe.raw.sendToQueue(DLQ, Buffer.from(String(count)), { persistent: true, messageId: String(count) });
    }
    await suite.probe.raw.waitForConfirms();
    expect(await listed(open.desk)).toMatchObject({ depth: 1_010, examined: 1_000, byReason: { unknown: 1_000 } });
    expect(await suite.drain(DLQ)).toEqual(Array.from({ length: 1_010 }, (_, count) => String(count)));
  });

  it('tells letters apart that have the same message id', async () => {
    const messageId = newId();
    await suite.die({ messageId });
    await suite.die({ messageId, body: 'another body' });
    await suite.die({ messageId, reason: 'retries-exhausted' });
    const ids = (await listed(open.desk)).data.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it('says what RabbitMQ says of a letter that it has moved itself', async () => {
    const messageId = newId();
    await suite.probe.publish(QUEUE, 'ends its consumer', { messageId, persistent: true });
    await waitUntil('RabbitMQ has given it up', async () => {
      const message = await suite.probe.raw.get(QUEUE, { noAck: false });
      if (message) suite.probe.raw.nack(message, false, true);
      return (await suite.probe.depth(DLQ)) === 1;
    });
    const [letter] = (await listed(open.desk)).data;
    expect(letter).toMatchObject({
      messageId,
      reason: 'delivery_limit',
      detail: null,
      deadAt: expect.stringMatching(/Z$/),
    });
  });

  it('waits in line with others who look at the same time, and all see all', async () => {
    const expected = await suite.dieInOrder(50);
    const looks = await Promise.all(Array.from({ length: 10 }, () => idsListed(open.desk)));
    for (const look of looks) expect(look).toEqual(expected);
    expect(await open.desk.depth()).toBe(50);
  });

  it('loses none, and none its place, when its line breaks at whatever moment', async () => {
    const expected = await suite.dieInOrder(100);
    for (const turns of [0, 3, 10, 30, 100]) {
      const look = open.desk.list({ where: {}, limit: 100 }).catch(() => 'broken');
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      suite.line.cut();
      await look;
      await waitUntil('the letters are back', async () => (await suite.probe.depth(DLQ)) === 100);
      await waitUntil('the desk can look again', async () => (await listed(open.desk)).depth === 100);
    }
    expect(await suite.drain(DLQ)).toEqual(expected);
  });
});

describe('a look at one dead letter', () => {
  const bodyOf = async (body: unknown) => {
    const id = await letterIdOf(open.desk, await suite.die({ body }));
    return (await granted(open.desk.get({ letterId: id }))).body;
  };

  it('shows the message with its properties and headers', async () => {
    const properties = {
      correlationId: 'c-1',
      type: 'orders.melt',
      timestamp: 1_700_000_000,
      headers: { 'x-attempt': 3, bytes: Buffer.from([1]) },
    };
    const id = await letterIdOf(open.desk, await suite.die(properties));
    expect(await granted(open.desk.get({ letterId: id }))).toMatchObject({
      id,
      correlationId: 'c-1',
      type: 'orders.melt',
      publishedAt: '2023-11-14T22:13:20.000Z',
      headers: { 'x-attempt': 3, bytes: 'base64:AQ==', 'x-dead-letter-queue': QUEUE },
    });
  });

  it('shows JSON as JSON and as it was written: a reader of JSON changes numbers', async () => {
    const text = '{"pattern":"orders.create","data":{"quantity":9007199254740993}}';
    expect(await bodyOf(text)).toEqual({ encoding: 'utf8', content: text, truncated: false, json: JSON.parse(text) });
  });

  it.each<[string, string | Buffer, string]>([
    ['broken JSON', '{"pattern":"orders.create","da', 'utf8'],
    ['nothing', '', 'utf8'],
    ['JSON nested 10,000 deep', '['.repeat(10_000) + ']'.repeat(10_000), 'utf8'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80]), 'base64'],
  ])('shows %s as it is', async (_name, body, encoding) => {
    const shown = await bodyOf(body);
    expect(shown).toMatchObject({ encoding, truncated: false });
    expect(shown).not.toHaveProperty('json');
    expect(Buffer.from(shown.content, shown.encoding)).toEqual(Buffer.from(body));
  });

  it.each<[string, Buffer]>([
    ['text', Buffer.from('ä'.repeat(600_000))],
    ['bytes', Buffer.alloc(1_000_000, 0xff)],
  ])('shows the first 64 kB of a megabyte of %s', async (_name, body) => {
    const shown = await bodyOf(body);
    expect(shown.truncated).toBe(true);
    const bytes = Buffer.from(shown.content, shown.encoding);
    expect(bytes.length).toBe(64_000);
    expect(sha256(bytes)).toBe(sha256(body.subarray(0, 64_000)));
  });

  it('finds no letter that is not there', async () => {
    await suite.die();
    expect(await codeOf(open.desk.get({ letterId: '0'.repeat(32) }))).toBe('DEAD_LETTER_NOT_FOUND');
  });
});
