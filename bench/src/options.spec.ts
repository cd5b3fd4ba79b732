import { readOptions } from './options.js';
import { plain, Subject } from './systems/subject.js';

const onPostgres: Subject = { ...plain('product'), database: 'postgres' };

describe('the options of the benchmark', () => {
  it('compares all systems with 50 and 200 connections by default', () => {
    expect(readOptions([])).toEqual({
      connections: [50, 200],
      until: { seconds: 20 },
      rounds: 3,
      warmUpSeconds: 5,
      subjects: [plain('bare'), plain('bare-events'), plain('product')],
      hot: [
        [plain('product'), { ...plain('product'), hot: true }],
        [onPostgres, { ...onPostgres, hot: true }],
      ],
      soak: undefined,
      parts: ['orders', 'deliveries', 'fairness', 'listing', 'streams'],
      deliveries: { databases: ['sqlite'], endpoints: [1, 100], deliveries: 10_000, bullmqConcurrency: 100 },
      listing: { databases: ['sqlite', 'postgres'], orders: 1_000_000 },
      streams: 1_000,
    });
  });

  it('takes a number of orders instead of a time', () => {
    expect(readOptions(['--orders', '1000'])?.until).toEqual({ orders: 1000 });
  });

  it.each([
    [['--deliveries'], ['deliveries', 'fairness']],
    [['--deliveries', '--database', 'postgres'], ['deliveries']],
    [['--fairness'], ['fairness']],
    [['--listing'], ['listing']],
    [['--streams', '500'], ['streams']],
    [
      ['--listing', '--deliveries'],
      ['deliveries', 'fairness', 'listing'],
    ],
    [['--only', 'product'], ['orders']],
    [['--database', 'postgres'], ['orders']],
    [['--gateways', '2'], ['orders']],
    [['--hot', '--database', 'postgres'], ['hot']],
    [['--listing', '--database', 'sqlite'], ['listing']],
  ])('%j leaves a part', (args, parts) => {
    expect(readOptions(args)?.parts).toEqual(parts);
  });

  it('measures the product alone where it is said how it runs', () => {
    expect(
      readOptions(['--database', 'both', '--instances', '3', '--gateways', '2', '--brokers', '3'])?.subjects,
    ).toEqual([
      { ...plain('product'), gateways: 2, brokers: 3 },
      { ...onPostgres, instances: 3, gateways: 2, brokers: 3 },
    ]);
  });

  it('measures hot products on the database that is named', () => {
    expect(readOptions(['--hot', '--database', 'postgres'])?.hot).toEqual([[onPostgres, { ...onPostgres, hot: true }]]);
  });

  it('takes the databases that are listed, and how many orders they hold', () => {
    const options = readOptions(['--listing', '--database', 'postgres', '--listed', '1000']);
    expect(options?.listing).toEqual({ databases: ['postgres'], orders: 1_000 });
  });

  it('takes the numbers of subscribers and of callbacks', () => {
    const options = readOptions(['--deliveries', '--subscribers', '10', '--callbacks', '500']);
    expect(options?.deliveries).toMatchObject({ databases: ['sqlite'], endpoints: [10], deliveries: 500 });
  });

  it('takes the databases of the deliveries', () => {
    const options = readOptions(['--deliveries', '--database', 'both', '--subscribers', '1,10']);
    expect(options?.deliveries).toMatchObject({ databases: ['sqlite', 'postgres'], endpoints: [1, 10] });
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
    [['--database', 'mysql'], '--database: "mysql" is none of sqlite, postgres, both.'],
    [['--instances', '2'], '--instances: several processes of a service need --database postgres.'],
    [
      ['--instances', '2', '--database', 'sqlite'],
      '--instances: several processes of a service need --database postgres.',
    ],
    [['--only', 'bare', '--database', 'both'], '--only: the bare pipelines have SQLite and one process of each kind.'],
    [['--only', 'both'], '--only: "both" is none of bare, bare-events, product.'],
  ])('refuses %j', (args, message) => {
    expect(() => readOptions(args)).toThrow(message);
  });
});
