import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gatewayConfigSchema } from '../../api-gateway/src/config.js';
import { ordersConfigSchema } from '../../orders-service/src/config.js';
import { productsConfigSchema } from '../../products-service/src/config.js';

const documented = new Set(
  [...readFileSync(resolve(__dirname, '../../.env.example'), 'utf8').matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(
    ([, name]) => name as string,
  ),
);
const read = [gatewayConfigSchema, ordersConfigSchema, productsConfigSchema].flatMap((schema) =>
  Object.keys(schema.shape),
);
// Read by npm start and docker compose, not by a service. WEBHOOKS_PORT is kept free for the publisher.
const ofTheLauncher = [
  'AMQP_PORT',
  'MANAGEMENT_PORT',
  'REDIS_PORT',
  'RABBITMQ_USER',
  'RABBITMQ_PASSWORD',
  'WEBHOOKS_PORT',
];

describe('.env.example', () => {
  it.each([...new Set(read)])('documents %s', (name) => {
    expect(documented).toContain(name);
  });

  it('documents nothing that nobody reads', () => {
    const known = new Set([...read, ...ofTheLauncher]);
    expect([...documented].filter((name) => !known.has(name))).toEqual([]);
  });
});
