import { askingOnce, type Resolve } from './name-lookup.js';

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
