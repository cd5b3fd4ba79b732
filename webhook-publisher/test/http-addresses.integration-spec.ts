import { type LookupAddress } from 'node:dns';
import { isIPv6 } from 'node:net';
import { freePort } from '@holdfast/local-servers';
import { callbackTo, type SenderOptions, Workbench } from './http-receivers.js';

/** Stands for a public address: allowed where the test says so, and another machine for TCP. */
const GOOD = '127.0.0.2';
/** Stands for an address of our own network. */
const FORBIDDEN = '127.0.0.1';

const bench = new Workbench();

afterEach(() => bench.clear());

const entry = (address: string): LookupAddress => ({ address, family: isIPv6(address) ? 6 : 4 });

const REFUSED = { kind: 'failed', error: 'ADDRESS_NOT_ALLOWED' };

/** One port on both addresses, so that only the address decides who is reached. */
async function twoHosts() {
  // Not one that the system gives out: somebody may have the same on the other address.
  const port = await freePort();
  const good = await bench.http((_request, response) => response.setHeader('connection', 'close').end('good'), {
    ...{ host: GOOD, port },
  });
  const forbidden = await bench.http((_request, response) => response.end('secret'), { host: FORBIDDEN, port });
  return { good, forbidden, url: good.url('/', 'hooks.example') };
}

/** A resolver that gives these answers in turn, the last one for ever; it counts how often it is asked. */
function resolver(...answers: string[][]) {
  let asked = 0;
  return {
    asked: () => asked,
    resolve: async () => {
      const answer = answers[Math.min(asked, answers.length - 1)] ?? [];
      asked += 1;
      return answer.map(entry);
    },
  };
}

const senderTo = (options: SenderOptions) => bench.sender({ networks: `${GOOD}/32`, ...options });

describe('an address in the URL that callbacks are not sent to', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.0.0.1.',
    '127%2e0%2e0%2e1',
    '１２７.０.０.１',
    '0',
    '0.0.0.0',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:0.0.0.0]',
  ])('is not connected to, however it is written: %s', async (host) => {
    const receiver = await bench.http((_request, response) => response.end('secret'));
    const outcome = await bench.sender({ networks: '' }).send(callbackTo(receiver.url('/', host)));
    expect(outcome).toMatchObject(REFUSED);
    expect(receiver.connections).toBe(0);
    // What the system does with this notation: the refusal is what kept the request away.
    const allowing = bench.sender({ networks: '127.0.0.0/8 0.0.0.0/8' });
    expect(await allowing.send(callbackTo(receiver.url('/', host)))).toMatchObject({ answer: 'secret' });
  });

  it.each([
    '[::1]',
    '[::]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '169.254.169.254',
    '0xa9fea9fe',
    '[::ffff:169.254.169.254]',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '255.255.255.255',
  ])('is not connected to: %s', async (host) => {
    for (const scheme of ['http', 'https']) {
      expect(await bench.sender({ networks: '' }).send(callbackTo(`${scheme}://${host}/`))).toMatchObject(REFUSED);
    }
  });

  it.each(['localhost', 'LOCALHOST'])('is not connected to by the name %s', async (host) => {
    const receiver = await bench.http((_request, response) => response.end('secret'));
    expect(await bench.sender({ networks: '' }).send(callbackTo(receiver.url('/', host)))).toMatchObject(REFUSED);
    expect(receiver.connections).toBe(0);
  });

  it('is named as the URL names it, and nothing is told of where it leads', async () => {
    const { resolve } = resolver(['10.11.12.13', 'fd00::1']);
    const outcome = await bench.sender({ resolve }).send(callbackTo('http://intranet.example:8080/admin'));
    expect(outcome).toMatchObject({
      ...REFUSED,
      detail: 'intranet.example leads to an address that callbacks are not sent to.',
    });
  });
});

describe('a redirect into our network', () => {
  it.each([
    ['by address', () => `http://${FORBIDDEN}`],
    ['by a notation', () => 'http://0x7f.1'],
    ['by name', () => 'http://localhost'],
    ['without a scheme', () => `//${FORBIDDEN}`],
  ])('%s is an answer, and not followed', async (_how, origin) => {
    const { good, forbidden } = await twoHosts();
    const redirecting = await bench.http(
      (_request, response) => response.writeHead(307, { location: `${origin()}:${good.port}/` }).end(),
      { host: GOOD },
    );
    const { resolve } = resolver([GOOD]);
    const outcome = await senderTo({ resolve }).send(callbackTo(redirecting.url('/', 'hooks.example')));
    expect(outcome).toMatchObject({ kind: 'answered', status: 307 });
    expect(forbidden.connections + good.connections).toBe(0);
  });
});

describe('a name that changes its address', () => {
  it('between look-up and connect is met on the address that was judged', async () => {
    const { good, forbidden, url } = await twoHosts();
    const name = resolver([GOOD], [FORBIDDEN]);
    expect(await senderTo(name).send(callbackTo(url))).toMatchObject({ answer: 'good' });
    // It was asked once: what was judged is what was connected to, and no second answer comes into it.
    expect(name.asked()).toBe(1);
    expect(good.connections).toBe(1);
    expect(forbidden.connections).toBe(0);
  });

  it('between two attempts is judged again', async () => {
    const { good, forbidden, url } = await twoHosts();
    const name = resolver([GOOD], [FORBIDDEN], [GOOD]);
    const sender = senderTo(name);
    expect(await sender.send(callbackTo(url))).toMatchObject({ answer: 'good' });
    expect(await sender.send(callbackTo(url))).toMatchObject(REFUSED);
    expect(await sender.send(callbackTo(url))).toMatchObject({ answer: 'good' });
    expect(good.connections).toBe(2);
    expect(forbidden.connections).toBe(0);
  });

  it('at first, from ours to a public one, is judged too', async () => {
    const { forbidden, url } = await twoHosts();
    const name = resolver([FORBIDDEN], [GOOD]);
    const sender = senderTo(name);
    expect(await sender.send(callbackTo(url))).toMatchObject(REFUSED);
    expect(name.asked()).toBe(1);
    expect(await sender.send(callbackTo(url))).toMatchObject({ answer: 'good' });
    expect(forbidden.connections).toBe(0);
  });

  it('at every look-up never reaches ours', async () => {
    const { good, forbidden, url } = await twoHosts();
    let asked = 0;
    const resolve = async () => [entry(asked++ % 2 === 0 ? GOOD : FORBIDDEN)];
    const sender = senderTo({ resolve });
    for (let i = 0; i < 10; i += 1) {
      expect(await sender.send(callbackTo(url))).toMatchObject({ answer: 'good' });
      expect(await sender.send(callbackTo(url))).toMatchObject(REFUSED);
    }
    expect(good.connections).toBe(10);
    expect(forbidden.connections).toBe(0);
  });
});

describe('a name with several addresses', () => {
  it.each([
    ['first', [FORBIDDEN, GOOD]],
    ['last', [GOOD, FORBIDDEN]],
    ['as IPv4-mapped', [`::ffff:${FORBIDDEN}`, GOOD]],
    ['as IPv6', ['::1', GOOD]],
  ])('is reached on the allowed ones, with ours %s among them', async (_where, addresses) => {
    const { forbidden, url } = await twoHosts();
    expect(await senderTo(resolver(addresses)).send(callbackTo(url))).toMatchObject({ answer: 'good' });
    expect(forbidden.connections).toBe(0);
  });

  it('is not reached on ours because the allowed one refuses', async () => {
    const { good, forbidden, url } = await twoHosts();
    await good.close();
    expect(await senderTo(resolver([GOOD, FORBIDDEN])).send(callbackTo(url))).toMatchObject({
      error: 'CONNECTION_REFUSED',
    });
    expect(forbidden.connections).toBe(0);
  });

  it('is reached on the second when the first refuses', async () => {
    const { url } = await twoHosts();
    const sender = senderTo({ networks: '127.0.0.2/31', ...resolver(['127.0.0.3', GOOD]) });
    expect(await sender.send(callbackTo(url))).toMatchObject({ answer: 'good' });
  });

  it('fails as its addresses do when all of them refuse', async () => {
    const { good, url } = await twoHosts();
    await good.close();
    const sender = senderTo({ networks: '127.0.0.2/31', ...resolver(['127.0.0.3', GOOD]) });
    expect(await sender.send(callbackTo(url))).toMatchObject({
      error: 'CONNECTION_REFUSED',
      detail: 'hooks.example refuses connections.',
    });
  });
});

describe('a name', () => {
  it.each([
    [
      'that does not exist',
      async () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
      'ENOTFOUND',
    ],
    ['that has no address', async () => [], 'no address'],
  ])('%s is not resolved', async (_what, resolve, reason) => {
    expect(await bench.sender({ resolve }).send(callbackTo('http://nowhere.example/'))).toMatchObject({
      kind: 'failed',
      error: 'NAME_NOT_RESOLVED',
      detail: `The name nowhere.example is not found (${reason}).`,
    });
  });

  it('is looked up by the system unless told otherwise', async () => {
    const receiver = await bench.http((_request, response) => response.end('ok'));
    expect(await bench.sender().send(callbackTo(receiver.url('/', 'localhost')))).toMatchObject({ answer: 'ok' });
    expect(receiver.requests[0]?.headers.host).toBe(`localhost:${receiver.port}`);
  });
});
