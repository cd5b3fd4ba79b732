import { planCopies } from './plan-copies.js';

describe('npm run db:copy', () => {
  it('has one service copy its database', () => {
    expect(planCopies(['--service', 'orders', '--from', '/data/o.db', '--to', 'postgres://db/orders'])).toEqual({
      checkOnly: false,
      copies: [
        {
          service: 'orders',
          program: 'orders-service/dist/copy-database.main.js',
          args: ['--to', 'postgres://db/orders', '--from', '/data/o.db'],
        },
      ],
    });
  });

  it('has all three, each into a database of its own', () => {
    const { copies, checkOnly } = planCopies(['--to', 'postgres://db/shop_{service}', '--check']);
    expect(checkOnly).toBe(true);
    expect(copies.map(({ program, args }) => [program, ...args])).toEqual([
      ['orders-service/dist/copy-database.main.js', '--to', 'postgres://db/shop_orders'],
      ['products-service/dist/copy-database.main.js', '--to', 'postgres://db/shop_products'],
      ['webhook-publisher/dist/copy-database.main.js', '--to', 'postgres://db/shop_webhooks'],
    ]);
  });

  it.each<[string, string[], RegExp]>([
    ['no target', ['--service', 'orders'], /--to is missing/],
    ['one target for three', ['--to', 'postgres://db/shop'], /--to needs \{service\}/],
    ['one file for three', ['--to', 'postgres://db/{service}', '--from', 'o.db'], /--from needs --service/],
    [
      'a service that there is not',
      ['--to', 'postgres://db/x', '--service', 'gateway'],
      /one of orders, products, web/,
    ],
    ['a word that is not known', ['--too', 'postgres://db/x'], /--too/],
  ])('refuses %s', (_name, argv, message) => {
    expect(() => planCopies(argv)).toThrow(message);
  });
});
