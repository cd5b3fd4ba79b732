import { OrderedLanes } from './ordered-lanes.js';

/** A piece of work that ends when it is told to. */
function piece(log: string[], name: string) {
  let end = (): void => undefined;
  let fail = (_reason: Error): void => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  const work = async () => {
    log.push(`${name} begins`);
    await ended;
    log.push(`${name} ends`);
    return name;
  };
  return { work, end: () => end(), fail: () => fail(new Error(name)) };
}

describe('ordered lanes', () => {
  it('run the pieces of one lane one after the other', async () => {
    const log: string[] = [];
    const lanes = new OrderedLanes();
    const [first, second] = [piece(log, 'first'), piece(log, 'second')];
    const results = [lanes.run('a', first.work), lanes.run('a', second.work)];
    second.end();
    first.end();
    await expect(Promise.all(results)).resolves.toEqual(['first', 'second']);
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('run lanes side by side', async () => {
    const log: string[] = [];
    const lanes = new OrderedLanes();
    const [slow, quick] = [piece(log, 'slow'), piece(log, 'quick')];
    const waiting = lanes.run('a', slow.work);
    quick.end();
    await lanes.run('b', quick.work);
    expect(log).toEqual(['slow begins', 'quick begins', 'quick ends']);
    slow.end();
    await waiting;
  });

  it('go on after a piece that failed', async () => {
    const lanes = new OrderedLanes();
    const [bad, good] = [piece([], 'bad'), piece([], 'good')];
    const results = [lanes.run('a', bad.work), lanes.run('a', good.work)];
    bad.fail();
    good.end();
    await expect(results[0]).rejects.toThrow('bad');
    await expect(results[1]).resolves.toBe('good');
  });

  it('remember no lane that is empty', async () => {
    const lanes = new OrderedLanes();
    const only = piece([], 'only');
    const done = lanes.run('a', only.work);
    expect(lanes.size).toBe(1);
    only.end();
    await done;
    await Promise.resolve();
    expect(lanes.size).toBe(0);
  });
});
