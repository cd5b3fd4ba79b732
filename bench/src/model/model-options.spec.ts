import { figureNames, flagOf } from './figures.js';
import { modelUsage, readModelOptions } from './model-options.js';

describe('the options of the model', () => {
  it('are four rates and the reference by default', () => {
    const rates = [1_000, 10_000, 100_000, 1_000_000];
    expect(readModelOptions([])).toEqual({ ordersPerMinute: rates, results: [], figures: {}, keep: false });
  });

  it('take rates, results and figures of one’s own', () => {
    const args = ['--model', '--orders-per-minute', '500,2000', '--results', 'a.json', '--results', 'b.json'];
    expect(readModelOptions([...args, '--gateway-us', '80.5', '--standbys', '0', '--keep'])).toEqual({
      ordersPerMinute: [500, 2_000],
      results: ['a.json', 'b.json'],
      figures: { gatewayUs: 80.5, standbys: 0 },
      keep: true,
    });
  });

  it('have one for each figure, and a line about it', () => {
    const flags = figureNames.map(flagOf);
    expect(new Set(flags).size).toBe(figureNames.length);
    for (const flag of flags) {
      expect(flag).toMatch(/^[a-z-]+$/);
      expect(modelUsage()).toContain(`  --${flag} `);
    }
  });

  it.each([
    [['--gateway-us', 'much'], '--gateway-us: "much" is not a number above 0.'],
    [['--orders-per-minute', '0'], '--orders-per-minute: "0" is not a number above 0.'],
    [['--orders-per-minute', '1e6'], '--orders-per-minute: "1e6" is not a number above 0.'],
  ])('refuses %j', (args, message) => {
    expect(() => readModelOptions(args)).toThrow(message);
  });

  it('answers nothing to --help', () => {
    expect(readModelOptions(['--help'])).toBeUndefined();
  });
});
