import { environmentOf, healthUrlOf, parts } from './parts.js';

const secrets = {
  AMQP_URL: 'amqp://user:password@broker',
  REDIS_URL: 'redis://:password@cache',
  API_KEYS: 'client:a:secret',
  ORDERS_DATABASE_URL: 'postgres://orders',
  PRODUCTS_DATABASE_URL: 'postgres://products',
  WEBHOOKS_DATABASE_URL: 'postgres://webhooks',
  WEBHOOK_ENCRYPTION_KEY: 'key',
  WEBHOOK_SECRET: 'whsec_anybody',
  LOGGER_WEBHOOK_SECRET: 'whsec_logger',
  NOTIFIER_WEBHOOK_SECRET: 'whsec_notifier',
  SUPABASE_SERVICE_ROLE_KEY: 'key',
  TELEGRAM_BOT_TOKEN: 'token',
  SOMEBODYS_TOKEN: 'secret',
};

function part(name: string) {
  const found = parts.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`There is no part ${name}.`);
  return found;
}

describe('the environment of a part', () => {
  const servers = ['AMQP_URL', 'REDIS_URL'];

  it.each([
    ['gateway', [...servers, 'API_KEYS']],
    ['orders', [...servers, 'ORDERS_DATABASE_URL']],
    ['products', [...servers, 'PRODUCTS_DATABASE_URL']],
    ['webhooks', [...servers, 'WEBHOOKS_DATABASE_URL', 'WEBHOOK_ENCRYPTION_KEY']],
    ['logger', ['LOGGER_WEBHOOK_SECRET', 'SUPABASE_SERVICE_ROLE_KEY']],
    ['notifier', ['NOTIFIER_WEBHOOK_SECRET', 'SUPABASE_SERVICE_ROLE_KEY', 'TELEGRAM_BOT_TOKEN']],
  ])('of %s holds of all secrets only %j', (name, own) => {
    const given = Object.keys(environmentOf(part(name), secrets));
    expect(given.filter((variable) => Object.hasOwn(secrets, variable))).toEqual(own);
  });

  it('holds the settings and the part’s port', () => {
    const environment = environmentOf(part('orders'), { LOG_LEVEL: 'debug' });
    expect(environment).toEqual({ LOG_LEVEL: 'debug', ORDERS_PORT: '3002' });
    expect(environmentOf(part('orders'), { ORDERS_PORT: '4002' })).toEqual({ ORDERS_PORT: '4002' });
  });
});

it('asks a part for its readiness where it listens', () => {
  expect(healthUrlOf(part('gateway'), {})).toBe('http://127.0.0.1:3000/health/ready');
  expect(healthUrlOf(part('gateway'), { GATEWAY_PORT: '4000', HOST: '0.0.0.0' })).toBe(
    'http://127.0.0.1:4000/health/ready',
  );
});

it('has the edge functions listen for this machine alone, wherever the others listen', () => {
  const environment = { HOST: '192.0.2.7', LOGGER_PORT: '4004' };
  expect(environmentOf(part('logger'), environment)).toMatchObject({ HOST: '127.0.0.1' });
  expect(healthUrlOf(part('logger'), environment)).toBe('http://127.0.0.1:4004/health/ready');
});

it('gives every part a name, a title, a port and a variable of its own', () => {
  for (const key of ['name', 'title', 'portVariable', 'defaultPort'] as const) {
    expect(new Set(parts.map((entry) => entry[key])).size).toBe(parts.length);
  }
});
