import { askingOnce, byDnsOrSystem, oneAtATime } from './name-lookup.js';
import { type Resolve } from './name-sources.js';

/** Answers by number of the question, when the test lets it. */
function heldResolver() {
  const waiting: ((address: string | Error) => void)[] = [];
  const resolve: Resolve = () =>
    new Promise((answer, fail) => {
      waiting.push((address) => (address instanceof Error ? fail(address) : answer([{ address, family: 4 }])));
    });
  return { resolve: askingOnce(resolve), waiting };
}

describe('a name that several connections wait for', () => {
  it('is asked for once, and all get the answer', async () => {
    const { resolve, waiting } = heldResolver();
    const answers = Promise.all([resolve('a.example'), resolve('a.example'), resolve('a.example')]);
    expect(waiting).toHaveLength(1);
    waiting[0]?.('192.0.2.1');
    expect(await answers).toEqual(new Array(3).fill([{ address: '192.0.2.1', family: 4 }]));
  });

  it('is asked for again afterwards, after a failure too', async () => {
    const { resolve, waiting } = heldResolver();
    const first = resolve('a.example');
    waiting[0]?.(new Error('no such name'));
    await expect(first).rejects.toThrow('no such name');
    const second = resolve('a.example');
    waiting[1]?.('192.0.2.1');
    await second;
    const third = resolve('a.example');
    waiting[2]?.('192.0.2.2');
    expect(await third).toEqual([{ address: '192.0.2.2', family: 4 }]);
  });

  it('does not wait for another name', async () => {
    const { resolve, waiting } = heldResolver();
    void resolve('slow.example');
    const other = resolve('b.example');
    waiting[1]?.('192.0.2.1');
    expect(await other).toEqual([{ address: '192.0.2.1', family: 4 }]);
  });
});

/** Names in the order in which they were asked for; those that begin with `dead` get no answer. */
function source(answers: Record<string, string | NodeJS.ErrnoException> = {}) {
  const asked: string[] = [];
  const resolve: Resolve = (hostname) => {
    asked.push(hostname);
    const answer = answers[hostname] ?? coded('ENOTFOUND');
    if (hostname.startsWith('dead')) return new Promise(() => undefined);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve([{ address: answer, family: 4 }]);
  };
  return { asked, resolve };
}

const coded = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code });

const from = (dns: ReturnType<typeof source>, system: ReturnType<typeof source>) =>
  byDnsOrSystem({ dns: dns.resolve, system: system.resolve });

describe('a name', () => {
  it('is not delayed by four whose servers are dead', async () => {
    const [dns, system] = [
      source({ 'e.example': '192.0.2.5' }),
      source({ 'shop.sales': '10.0.0.1', shop: '10.0.0.2' }),
    ];
    const resolve = from(dns, system);
    for (const name of ['dead1.example', 'dead2.example', 'dead3.example', 'dead4.example']) void resolve(name);
    expect(await resolve('e.example')).toEqual([{ address: '192.0.2.5', family: 4 }]);
    expect(await resolve('shop.sales')).toEqual([{ address: '10.0.0.1', family: 4 }]);
    expect(await resolve('shop')).toEqual([{ address: '10.0.0.2', family: 4 }]);
  });

  it.each(['localhost', 'shop', 'shop.', 'shop.sales.svc.cluster.local', 'host.docker.internal'])(
    'that is private, as %s, is asked of the system alone',
    async (name) => {
      const [dns, system] = [source(), source({ [name]: '10.0.0.1' })];
      expect(await from(dns, system)(name)).toEqual([{ address: '10.0.0.1', family: 4 }]);
      expect(dns.asked).toEqual([]);
    },
  );

  it.each(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED'])('that DNS denies with %s is asked of the system', async (code) => {
    const [dns, system] = [source({ 'shop.sales': coded(code) }), source({ 'shop.sales': '10.0.0.1' })];
    expect(await from(dns, system)('shop.sales')).toEqual([{ address: '10.0.0.1', family: 4 }]);
  });

  it.each(['ETIMEOUT', 'ESERVFAIL', 'EREFUSED'])(
    'that DNS leaves open with %s never holds the system up',
    async (code) => {
      const [dns, system] = [source({ 'a.example': coded(code) }), source()];
      await expect(from(dns, system)('a.example')).rejects.toMatchObject({ code });
      expect(system.asked).toEqual([]);
    },
  );

  it('that is private does not wait for one that DNS denies and the system does not find', async () => {
    const system = source({ shop: '10.0.0.1' });
    const resolve = byDnsOrSystem({ dns: () => Promise.reject(coded('ENOTFOUND')), system: system.resolve });
    void resolve('dead.example');
    expect(await resolve('shop')).toEqual([{ address: '10.0.0.1', family: 4 }]);
    expect(system.asked).toContain('dead.example');
  });
});

describe('look-ups one at a time', () => {
  it('follow each other, after a failure too', async () => {
    const { asked, resolve } = source({ b: '192.0.2.2' });
    const inTurn = oneAtATime(resolve, 5_000);
    const [a, b] = [inTurn('a'), inTurn('b')];
    await expect(a).rejects.toMatchObject({ code: 'ENOTFOUND' });
    expect(await b).toEqual([{ address: '192.0.2.2', family: 4 }]);
    expect(asked).toEqual(['a', 'b']);
  });

  it('are given up without being asked when their turn does not come', async () => {
    const { resolve, waiting } = heldResolver();
    const inTurn = oneAtATime(resolve, 20);
    const first = inTurn('slow.example');
    await expect(inTurn('b.example')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    waiting[0]?.('192.0.2.1');
    await first;
    expect(waiting).toHaveLength(1);
    const third = inTurn('c.example');
    await new Promise(setImmediate);
    waiting[1]?.('192.0.2.3');
    expect(await third).toEqual([{ address: '192.0.2.3', family: 4 }]);
  });
});
