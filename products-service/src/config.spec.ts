import { resolve } from 'node:path';
import { loadProductsConfig } from './config.js';

describe('the configuration of products-service', () => {
  it('needs nothing', () => {
    expect(loadProductsConfig({})).toMatchObject({
      HOST: '127.0.0.1',
      PRODUCTS_PORT: 3001,
      PRODUCTS_PREFETCH: 250,
      IDEMPOTENCY_RETENTION_HOURS: 72,
      database: { dialect: 'sqlite', file: resolve('.data/products.db') },
    });
  });

  it.each([
    ['DATA_DIR alone', { DATA_DIR: '/var/lib/shop' }, '/var/lib/shop/products.db'],
    ['a URL', { DATA_DIR: '/var/lib/shop', PRODUCTS_DATABASE_URL: 'sqlite:/srv/stock.db' }, '/srv/stock.db'],
    ['a path', { PRODUCTS_DATABASE_URL: 'stock.db' }, resolve('stock.db')],
    ['a URL that is empty', { DATA_DIR: '/var/lib/shop', PRODUCTS_DATABASE_URL: '' }, '/var/lib/shop/products.db'],
  ])('finds the database by %s', (_name, env, file) => {
    expect(loadProductsConfig(env).database).toEqual({ dialect: 'sqlite', file });
  });

  it('takes a PostgreSQL database as it is', () => {
    const url = 'postgres://user:secret@db:5432/products';
    expect(loadProductsConfig({ PRODUCTS_DATABASE_URL: url }).database).toEqual({ dialect: 'postgres', url });
    expect(() => loadProductsConfig({ PRODUCTS_DATABASE_URL: 'mysql://db/products' })).toThrow(/PRODUCTS_DATABASE_URL/);
  });

  it('names everything that is wrong at once', () => {
    const wrong = { PRODUCTS_PORT: '70000', PRODUCTS_PREFETCH: '0', REDIS_URL: 'http://redis' };
    expect(() => loadProductsConfig(wrong)).toThrow(/PRODUCTS_PORT(.|\n)*REDIS_URL(.|\n)*PRODUCTS_PREFETCH/);
  });
});
