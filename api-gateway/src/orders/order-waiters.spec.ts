import { OrderWaiters } from './order-waiters.js';

const LONG = 60_000;

describe('OrderWaiters', () => {
  const here = () => new AbortController().signal;

  it('wakes whoever waits for the order, however many', async () => {
    const waiters = new OrderWaiters();
    const callers = [waiters.enter('a', LONG, here()), waiters.enter('a', LONG, here())];
    waiters.orderIsFinal('a');
    await Promise.all(callers.map((caller) => caller?.woken));
    for (const caller of callers) caller?.leave();
    expect(waiters.size).toBe(0);
  });

  it('wakes for an order that is watched later', async () => {
    const waiters = new OrderWaiters();
    const caller = waiters.enter('request', LONG, here());
    caller?.watch('earlier order');
    waiters.orderIsFinal('earlier order');
    await caller?.woken;
    caller?.leave();
  });

  it('is awake already when the event came first', async () => {
    const waiters = new OrderWaiters();
    const caller = waiters.enter('a', LONG, here());
    waiters.orderIsFinal('a');
    waiters.orderIsFinal('a');
    await caller?.woken;
    caller?.leave();
  });

  it('wakes when the time is up, when the caller goes and when the gateway stops', async () => {
    const waiters = new OrderWaiters();
    const gone = new AbortController();
    const callers = [
      waiters.enter('a', 1, here()),
      waiters.enter('b', LONG, gone.signal),
      waiters.enter('c', LONG, here()),
    ];
    gone.abort();
    await callers[0]?.woken;
    await callers[1]?.woken;
    waiters.close();
    await callers[2]?.woken;
    for (const caller of callers) caller?.leave();
    expect(waiters.size).toBe(0);
  });

  it('lets nobody in when it is full or closed', () => {
    const waiters = new OrderWaiters(1);
    const first = waiters.enter('a', LONG, here());
    expect(waiters.enter('b', LONG, here())).toBeUndefined();
    first?.leave();
    const next = waiters.enter('b', LONG, here());
    expect(next).toBeDefined();
    next?.leave();
    waiters.close();
    expect(waiters.enter('c', LONG, here())).toBeUndefined();
  });

  it('has no ear for orders that nobody waits for', () => {
    const waiters = new OrderWaiters();
    expect(() => waiters.orderIsFinal('x')).not.toThrow();
    expect(() => waiters.orderIsFinal('undefined')).not.toThrow();
  });
});
