import { WakeUp } from './wake-up.js';

// Longer than any test: only a signal can end such a wait.
const FOR_EVER = 1_000_000;

describe('waiting to be woken', () => {
  it('ends at a signal', async () => {
    const wakeUp = new WakeUp();
    const waiting = wakeUp.wait(FOR_EVER);
    wakeUp.signal();
    await waiting;
  });

  it('does not begin when there was a signal before', async () => {
    const wakeUp = new WakeUp();
    wakeUp.signal();
    await wakeUp.wait(FOR_EVER);
  });

  it('ends by itself after its time', async () => {
    await new WakeUp().wait(1);
  });

  it('takes several signals as one', async () => {
    const wakeUp = new WakeUp();
    wakeUp.signal();
    wakeUp.signal();
    await wakeUp.wait(FOR_EVER);
    let woken = false;
    const second = wakeUp.wait(FOR_EVER).then(() => (woken = true));
    await new Promise(setImmediate);
    expect(woken).toBe(false);
    wakeUp.signal();
    await second;
  });

  it('loses no signal that comes between two waits', async () => {
    const wakeUp = new WakeUp();
    for (let turn = 0; turn < 100; turn += 1) {
      const waiting = wakeUp.wait(FOR_EVER);
      wakeUp.signal();
      await waiting;
      wakeUp.signal();
      await wakeUp.wait(FOR_EVER);
    }
  });
});
