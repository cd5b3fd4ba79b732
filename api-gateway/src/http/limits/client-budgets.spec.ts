import { CountingWindow } from '../../../test/counting-window.js';
import { ClientBudgets } from './client-budgets.js';

const WINDOW_MS = 10_000;

const gatewayOn = (counter: CountingWindow, requests: number) =>
  new ClientBudgets(counter, { requests, now: counter.clock });

/** How many of these requests pass, one after the other. */
async function passing(gateways: readonly ClientBudgets[], requests: number, client = 'shop'): Promise<number> {
  let passed = 0;
  for (let request = 0; request < requests; request += 1) {
    const gateway = gateways[request % gateways.length] as ClientBudgets;
    if ((await gateway.take(client)).allowed) passed += 1;
  }
  return passed;
}

describe('the requests of a client', () => {
  it.each([1, 2, 19, 20, 21, 333, 5_000])('pass up to a limit of %i, and not one more', async (limit) => {
    const counter = new CountingWindow(WINDOW_MS);
    expect(await passing([gatewayOn(counter, limit)], limit + 50)).toBe(limit);
  });

  it.each([1, 7, 100, 5_000])('pass up to a limit of %i through three gateways together', async (limit) => {
    const counter = new CountingWindow(WINDOW_MS);
    const gateways = [gatewayOn(counter, limit), gatewayOn(counter, limit), gatewayOn(counter, limit)];
    expect(await passing(gateways, 3 * limit + 60)).toBe(limit);
  });

  it('pass up to the limit when they come all at once', async () => {
    const counter = new CountingWindow(WINDOW_MS);
    const gateways = [gatewayOn(counter, 100), gatewayOn(counter, 100)];
    const verdicts = await Promise.all(
      Array.from({ length: 1_000 }, (_, request) => gateways[request % 2]?.take('shop')),
    );
    expect(verdicts.filter((verdict) => verdict?.allowed)).toHaveLength(100);
    expect(counter.additions).toBeLessThan(20);
  });

  it('are not counted with those of another client', async () => {
    const gateway = gatewayOn(new CountingWindow(WINDOW_MS), 10);
    expect(await passing([gateway], 20, 'shop')).toBe(10);
    expect(await passing([gateway], 20, 'other')).toBe(10);
  });

  it('pass again in the next window, and what was left of the last one does not', async () => {
    const counter = new CountingWindow(WINDOW_MS);
    const gateway = gatewayOn(counter, 100);
    expect(await passing([gateway], 3)).toBe(3);
    counter.now += WINDOW_MS;
    expect(await passing([gateway], 150)).toBe(100);
    counter.now += WINDOW_MS - 1;
    expect(await passing([gateway], 5)).toBe(0);
    counter.now += 1;
    expect(await passing([gateway], 150)).toBe(100);
  });

  it('seldom wait for the counter', async () => {
    const counter = new CountingWindow(WINDOW_MS);
    expect(await passing([gatewayOn(counter, 100_000)], 100_000)).toBe(100_000);
    expect(counter.additions).toBeLessThan(250);
  });

  it('do not ask it once they are refused', async () => {
    const counter = new CountingWindow(WINDOW_MS);
    const gateway = gatewayOn(counter, 5);
    await passing([gateway], 6);
    const { additions } = counter;
    await passing([gateway], 100);
    expect(counter.additions).toBe(additions);
  });
});

describe('what a caller is told', () => {
  it('is how many are left and when the window ends', async () => {
    const counter = new CountingWindow(WINDOW_MS);
    const gateway = gatewayOn(counter, 3);
    const told = [];
    for (let request = 0; request < 4; request += 1) {
      told.push(await gateway.take('shop'));
      counter.now += 1_001;
    }
    expect(told).toEqual([
      { allowed: true, limit: 3, remaining: 2, resetS: 10 },
      { allowed: true, limit: 3, remaining: 1, resetS: 9 },
      { allowed: true, limit: 3, remaining: 0, resetS: 8 },
      { allowed: false, limit: 3, remaining: 0, resetS: 7 },
    ]);
  });
});
