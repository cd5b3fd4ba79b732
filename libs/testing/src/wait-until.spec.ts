import { waitUntil } from './wait-until.js';

describe('waiting for a condition', () => {
  it('gives what the condition gave', async () => {
    let asked = 0;
    const found = await waitUntil('three were asked for', () => {
      asked += 1;
      return asked === 3 && { asked };
    });
    expect(found).toEqual({ asked: 3 });
  });

  it('takes a condition that throws as one that has not come true yet', async () => {
    let asked = 0;
    const condition = async () => {
      asked += 1;
      if (asked < 3) throw new Error('not there');
      return true;
    };
    await expect(waitUntil('it is there', condition)).resolves.toBe(true);
  });

  it('names at the deadline what did not come, and what was there instead', async () => {
    const waiting = waitUntil('the order is CONFIRMED', () => undefined, { timeoutMs: 1 });
    await expect(waiting).rejects.toThrow(/until the order is CONFIRMED; at last: undefined/);
    const failing = () => Promise.reject(new Error('no such order'));
    await expect(waitUntil('the order is there', failing, { timeoutMs: 1 })).rejects.toThrow(/no such order/);
  });
});
