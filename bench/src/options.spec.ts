import { readOptions } from './options.js';

describe('the options of the benchmark', () => {
  it('compares both systems with 50 and 200 connections by default', () => {
    expect(readOptions([])).toEqual({
      connections: [50, 200],
      until: { seconds: 20 },
      rounds: 2,
      warmUpSeconds: 5,
      systems: ['bare', 'bare-events', 'product'],
      soak: undefined,
    });
  });

  it('takes a number of orders instead of a time', () => {
    expect(readOptions(['--orders', '1000'])?.until).toEqual({ orders: 1000 });
  });

  it('answers nothing to --help', () => {
    expect(readOptions(['--help'])).toBeUndefined();
  });

  it.each([
    [['--connections', '50,,200'], '--connections: "" is not a whole number above 0.'],
    [['--rounds', '0'], '--rounds: "0" is not a whole number above 0.'],
    [['--soak', '1e5'], '--soak: "1e5" is not a whole number above 0.'],
    [['--only', 'both'], '--only: "both" is none of bare, bare-events, product.'],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
