import { resolve } from 'node:path';
import { loadOrdersConfig } from './config.js';

describe('the configuration of orders-service', () => {
  it('needs nothing', () => {
    expect(loadOrdersConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      ORDERS_PORT: 3002,
      ORDERS_PREFETCH: 250,
      database: { dialect: 'sqlite', file: resolve('.data/orders.db') },
    });
  });

  it.each([
    ['DATA_DIR alone', { DATA_DIR: '/var/lib/shop' }, { dialect: 'sqlite', file: '/var/lib/shop/orders.db' }],
    ['a path', { ORDERS_DATABASE_URL: 'sqlite:/srv/orders.db' }, { dialect: 'sqlite', file: '/srv/orders.db' }],
    ['a URL', { ORDERS_DATABASE_URL: 'postgres://db/orders' }, { dialect: 'postgres', url: 'postgres://db/orders' }],
  ])('finds the database by %s', (_name, env, database) => {
    expect(loadOrdersConfig(env).database).toEqual(database);
  });

  it('names everything that is wrong at once', () => {
    const wrong = { ORDERS_DATABASE_URL: 'mysql://db/orders', IDEMPOTENCY_RETENTION_HOURS: '1' };
    expect(() => loadOrdersConfig(wrong)).toThrow(/ORDERS_DATABASE_URL(.|\n)*IDEMPOTENCY_RETENTION_HOURS/);
  });
});
