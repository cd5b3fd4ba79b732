import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gatewayConfigSchema } from '../../api-gateway/src/config.js';
import { readHostConfig } from '../../edge-functions/host/host-config.js';
import { createLogger } from '../../edge-functions/logger/logger-function.js';
import { createNotifier } from '../../edge-functions/notifier/notifier-function.js';
import { ConfigurationError } from '../../edge-functions/shared/configuration.js';
import { ordersConfigSchema } from '../../orders-service/src/config.js';
import { productsConfigSchema } from '../../products-service/src/config.js';
import { webhooksConfigSchema } from '../../webhook-publisher/src/config.js';

const text = (file: string): string => readFileSync(resolve(__dirname, '../..', file), 'utf8');
const namesIn = (file: string, pattern: RegExp): Set<string> =>
  new Set([...text(file).matchAll(pattern)].map(([, name]) => name as string));

const documented = namesIn('.env.example', /^#?([A-Z][A-Z0-9_]*)=/gm);

const readByServices = [gatewayConfigSchema, ordersConfigSchema, productsConfigSchema, webhooksConfigSchema].flatMap(
  (schema) => Object.keys(schema.shape),
);

/** The functions have no schema, since they run without packages: what they read is watched. */
function readByFunctions(): string[] {
  const names = new Set<string>();
  const env = new Proxy<Record<string, string>>(
    { SUPABASE_URL: 'https://project.test' },
    {
      get: (set, name: string) => {
        names.add(name);
        return set[name];
      },
    },
  );
  readHostConfig('logger', env);
  readHostConfig('notifier', env);
  for (const create of [createLogger, createNotifier]) expect(() => create(env)).toThrow(ConfigurationError);
  return [...names].filter((name) => !ofOtherHosts.includes(name));
}

// Where a function runs alone, and on Supabase, which sets the keys itself.
const ofOtherHosts = ['WEBHOOK_SECRET', 'SUPABASE_SECRET_KEYS'];

// Read by npm start, docker compose and npm run demo, not by a part.
const ofTheLauncher = [
  'AMQP_PORT',
  'MANAGEMENT_PORT',
  'REDIS_PORT',
  'POSTGRES_PORT',
  'POSTGRES_PASSWORD',
  'RABBITMQ_USER',
  'RABBITMQ_PASSWORD',
  'CALLBACKS_PREFIX',
  'HOLDFAST_URL',
];

describe('.env.example', () => {
  it.each([...new Set([...readByServices, ...readByFunctions()])])('documents %s', (name) => {
    expect(documented).toContain(name);
  });

  it('documents nothing that nobody reads', () => {
    const known = new Set([...readByServices, ...readByFunctions(), ...ofTheLauncher]);
    expect([...documented].filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('docker-compose.yml', () => {
  // Fixed in containers, or in their image.
  const fixed = [
    ...['HOST', 'DATA_DIR', 'NODE_ENV', 'AMQP_URL', 'REDIS_URL', 'HOLDFAST_URL'],
    ...['PRODUCTS_PORT', 'ORDERS_PORT', 'WEBHOOKS_PORT', 'LOGGER_PORT', 'NOTIFIER_PORT', 'POSTGRES_PORT'],
    ...['ORDERS_DATABASE_URL', 'PRODUCTS_DATABASE_URL', 'WEBHOOKS_DATABASE_URL'],
    // Read from the function's volume.
    ...['LOGGER_WEBHOOK_SECRET', 'NOTIFIER_WEBHOOK_SECRET'],
  ];
  const passedOn = namesIn('docker-compose.yml', /\$\{([A-Z][A-Z0-9_]*)/g);

  it.each([...documented].filter((name) => !fixed.includes(name)))('passes %s on', (name) => {
    expect(passedOn).toContain(name);
  });

  it('passes nothing on that is not documented', () => {
    expect([...passedOn].filter((name) => !documented.has(name))).toEqual([]);
  });
});
