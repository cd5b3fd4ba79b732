import { BoundedWork } from './bounded-work.js';

/** Work that ends when it is told to. */
function steered() {
  const running: { end: () => void; fail: (error: Error) => void }[] = [];
  const work = () => new Promise<void>((end, fail) => running.push({ end, fail }));
  return { running, work };
}

const settled = async (promise: Promise<void>) => {
  let is = false;
  promise.then(
    () => {
      is = true;
    },
    () => {
      is = true;
    },
  );
  await new Promise(setImmediate);
  return is;
};

describe('bounded work', () => {
  it('starts as many pieces as there may be, and the next when one is done', async () => {
    const { running, work } = steered();
    const bounded = new BoundedWork(2);
    await bounded.start(work);
    await bounded.start(work);
    const third = bounded.start(work);
    expect(await settled(third)).toBe(false);
    running[1]?.end();
    await third;
    expect(running).toHaveLength(3);
  });

  it('is done when all of it is', async () => {
    const { running, work } = steered();
    const bounded = new BoundedWork(2);
    await bounded.start(work);
    const done = bounded.done();
    expect(await settled(done)).toBe(false);
    running[0]?.end();
    await done;
  });

  it('starts nothing after a failure, which it throws when asked, and waits for what runs', async () => {
    const { running, work } = steered();
    const bounded = new BoundedWork(2);
    await bounded.start(work);
    await bounded.start(work);
    const third = bounded.start(work);
    running[0]?.fail(new Error('the first'));
    await expect(third).rejects.toThrow('the first');
    expect(running).toHaveLength(2);
    const idle = bounded.idle();
    expect(await settled(idle)).toBe(false);
    running[1]?.fail(new Error('the second'));
    await idle;
    await expect(bounded.done()).rejects.toThrow('the first');
  });

  it('is done at once without any', async () => {
    await new BoundedWork(1).done();
  });
});
