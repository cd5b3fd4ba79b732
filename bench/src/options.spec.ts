import { readOptions } from './options.js';

describe('the options of the benchmark', () => {
  it('compares all systems with 50 and 200 connections by default', () => {
    expect(readOptions([])).toEqual({
      connections: [50, 200],
      until: { seconds: 20 },
      rounds: 3,
      warmUpSeconds: 5,
      systems: ['bare', 'bare-events', 'product'],
      soak: undefined,
      parts: ['orders', 'deliveries', 'fairness', 'listing', 'streams'],
      deliveries: { endpoints: [1, 100], deliveries: 10_000, bullmqConcurrency: 100 },
      listed: 1_000_000,
      streams: 1_000,
    });
  });

  it('takes a number of orders instead of a time', () => {
    expect(readOptions(['--orders', '1000'])?.until).toEqual({ orders: 1000 });
  });

  it.each([
    [['--deliveries'], ['deliveries', 'fairness']],
    [['--fairness'], ['fairness']],
    [['--listing'], ['listing']],
    [['--streams', '500'], ['streams']],
    [
      ['--listing', '--deliveries'],
      ['deliveries', 'fairness', 'listing'],
    ],
    [['--only', 'product'], ['orders']],
  ])('%j leaves a part', (args, parts) => {
    expect(readOptions(args)?.parts).toEqual(parts);
  });

  it('takes the numbers of subscribers and of callbacks', () => {
    const options = readOptions(['--deliveries', '--subscribers', '10', '--callbacks', '500']);
    expect(options?.deliveries).toMatchObject({ endpoints: [10], deliveries: 500 });
  });

  it('takes the number of streams', () => {
    expect(readOptions(['--streams', '500'])?.streams).toBe(500);
  });

  it('answers nothing to --help', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--connections', '50,,200'], '--connections: "" is not a whole number above 0.'],
    [['--rounds', '0'], '--rounds: "0" is not a whole number above 0.'],
    [['--soak', '1e5'], '--soak: "1e5" is not a whole number above 0.'],
    [['--subscribers', 'all'], '--subscribers: "all" is not a whole number above 0.'],
    [['--deliveries', '--only', 'bare'], '--only names a system of the orders; the other parts have none.'],
    [['--fairness', '--only', 'bare'], '--only names a system of the orders; the other parts have none.'],
    [['--listed', '1e6', '--listing'], '--listed: "1e6" is not a whole number above 0.'],
    [['--streams', '0'], '--streams: "0" is not a whole number above 0.'],
    [['--streams', '9', '--only', 'bare'], '--only names a system of the orders; the other parts have none.'],
    [['--only', 'both'], '--only: "both" is none of bare, bare-events, product.'],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
