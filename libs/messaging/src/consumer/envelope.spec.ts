import { type ConsumeMessage } from 'amqplib';
import { identityOf, originOf, parseMessage } from './envelope.js';
import { MessageError } from './message.errors.js';

const data = { clientId: 'shop', items: [{ productId: 'mug', quantity: 2 }] };
const bytes = (body: unknown): Buffer => Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));

function refusalOf(content: Buffer): MessageError {
  try {
    parseMessage(content);
  } catch (error) {
    if (error instanceof MessageError) return error;
    throw error;
  }
  throw new Error('it was taken');
}

describe('reading a message', () => {
  it('gives the pattern, the data and the request id', () => {
    expect(parseMessage(bytes({ pattern: 'orders.create', data, id: 'r-1' }))).toMatchObject({
      pattern: 'orders.create',
      data,
      requestId: 'r-1',
    });
  });

  it.each([[undefined], [7], [null], [{ a: 1 }]])('has no request id where the id is %j', (id) => {
    expect(parseMessage(bytes({ pattern: 'orders.create', data, id })).requestId).toBeUndefined();
  });

  it('drops fields that the contract does not know', () => {
    expect(parseMessage(bytes({ pattern: 'orders.create', data: { ...data, colour: 'red' } })).data).toEqual(data);
  });

  it.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['half of a message', bytes('{"pattern":"orders.create","data":{"clie')],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00])],
    ['a text', bytes('"orders.create"')],
    ['a number', bytes('1e309')],
    ['null', bytes('null')],
    ['a list', bytes([{ pattern: 'orders.create', data }])],
    ['no pattern', bytes({ data })],
    ['a pattern that is an object', bytes({ pattern: { cmd: 'orders.create' }, data })],
    ['a pattern that is a number', bytes({ pattern: 7, data })],
    ['two values', bytes('{} {}')],
    [
      'a byte order mark before it',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes({ pattern: 'orders.create', data })]),
    ],
    ['a megabyte', bytes({ pattern: 'orders.create', data: { ...data, reference: 'r'.repeat(1_000_000) } })],
    ['brackets a hundred thousand deep', bytes('['.repeat(100_000) + ']'.repeat(100_000))],
  ])('refuses %s as malformed', (_name, content) => {
    expect(refusalOf(content).reason).toBe('malformed');
  });

  it.each(['orders.delete', '', 'ORDERS.CREATE', '__proto__', 'constructor', 'orders.create '])(
    'refuses the pattern %j as unknown',
    (pattern) => {
      expect(refusalOf(bytes({ pattern, data })).reason).toBe('unknown-pattern');
    },
  );

  it('does not repeat all of a long pattern', () => {
    expect(refusalOf(bytes({ pattern: 'p'.repeat(100_000), data })).message.length).toBeLessThan(200);
  });

  it.each<[string, unknown]>([
    ['no data', undefined],
    ['data that is null', null],
    ['a quantity that is a text', { ...data, items: [{ productId: 'mug', quantity: '2' }] }],
    ['no lines', { ...data, items: [] }],
  ])('refuses %s against the contract', (_name, wrong) => {
    expect(refusalOf(bytes({ pattern: 'orders.create', data: wrong })).reason).toBe('invalid-message');
  });

  it('says where the first few faults are, and no more', () => {
    const items = Array.from({ length: 50 }, () => ({ productId: 'mug', quantity: 0 }));
    const { message } = refusalOf(bytes({ pattern: 'orders.create', data: { ...data, items } }));
    expect(message).toContain('data.items.0.quantity');
    expect(message.split('; ')).toHaveLength(5);
  });
});

describe('the identity of a message', () => {
  const message = (messageId: unknown, content = 'x') =>
    ({ properties: { messageId }, content: Buffer.from(content) }) as ConsumeMessage;

  it('is the id that its publisher gave it', () => {
    expect(identityOf(message('m-1'))).toBe('m-1');
  });

  it.each([undefined, '', 7, 'm'.repeat(256)])('is that of its content where the id is %j', (messageId) => {
    const identity = identityOf(message(messageId));
    expect(identity).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(identityOf(message(messageId))).toBe(identity);
    expect(identityOf(message(messageId, 'y'))).not.toBe(identity);
  });
});

describe('the time of a message', () => {
  const made = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
  const timeOf = (messageId: string, timestamp?: unknown): number =>
    originOf({ properties: { messageId, timestamp }, content: Buffer.from('x') } as ConsumeMessage).occurredAt;

  it('is that of an id of ours, to the millisecond', () => {
    expect(timeOf(made, 1)).toBe(Date.parse('2022-02-22T19:22:22.000Z'));
  });

  it('is else what AMQP says, in seconds', () => {
    expect(timeOf('by-hand', 1_700_000_000)).toBe(1_700_000_000_000);
  });

  it.each([undefined, 'yesterday', -1, Number.NaN, 1_700_000_000_000, 1_700_000_000_000_000])(
    'is now where AMQP says %j, which is no date',
    (timestamp) => {
      const before = Date.now();
      expect(timeOf('by-hand', timestamp)).toBeGreaterThanOrEqual(before);
      expect(timeOf('by-hand', timestamp)).toBeLessThanOrEqual(Date.now());
    },
  );
});
