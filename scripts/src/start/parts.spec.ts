import { environmentOf, healthUrlOf, parts } from './parts.js';

const environment = {
  AMQP_URL: 'amqp://broker',
  LOG_LEVEL: 'debug',
  API_KEYS: 'client:a:secret',
  ORDERS_DATABASE_URL: 'postgres://orders',
  PRODUCTS_DATABASE_URL: 'postgres://products',
  SOMEBODYS_TOKEN: 'secret',
};

function part(name: string) {
  const found = parts.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no part ${name}.`);
  return found;
}

describe('the environment of a part', () => {
  it.each([
    ['gateway', ['API_KEYS']],
    ['orders', ['ORDERS_DATABASE_URL']],
    ['products', ['PRODUCTS_DATABASE_URL']],
  ])('of %s holds of all secrets only %j', (name, own) => {
    const given = Object.keys(environmentOf(part(name), environment));
    const secrets = ['API_KEYS', 'ORDERS_DATABASE_URL', 'PRODUCTS_DATABASE_URL', 'SOMEBODYS_TOKEN'];
    expect(given.filter((variable) => secrets.includes(variable))).toEqual(own);
  });

  it('holds the settings and the part’s port', () => {
    expect(environmentOf(part('orders'), environment)).toMatchObject({ LOG_LEVEL: 'debug', ORDERS_PORT: '3002' });
    expect(environmentOf(part('orders'), { ORDERS_PORT: '4002' })).toEqual({ ORDERS_PORT: '4002' });
  });
});

it('asks a part for its readiness where it listens', () => {
  expect(healthUrlOf(part('gateway'), {})).toBe('http://127.0.0.1:3000/health/ready');
  expect(healthUrlOf(part('gateway'), { GATEWAY_PORT: '4000', HOST: '0.0.0.0' })).toBe(
    'http://127.0.0.1:4000/health/ready',
  );
});

it('gives every part a name, a port and a variable of its own', () => {
  for (const key of ['name', 'folder', 'portVariable', 'defaultPort'] as const) {
    expect(new Set(parts.map((entry) => entry[key])).size).toBe(parts.length);
  }
});
