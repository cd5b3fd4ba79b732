import { type ZodType } from 'zod';
import { gatewayConfigSchema } from '../../api-gateway/src/config.js';
import { ordersConfigSchema } from '../../orders-service/src/config.js';
import { productsConfigSchema } from '../../products-service/src/config.js';
import { webhooksConfigSchema } from '../../webhook-publisher/src/config.js';
import { render, textOf } from './chart.js';

interface Setting {
  type?: string;
  minimum?: number;
  maximum?: number;
}

const valuesSchema = JSON.parse(textOf('helm/holdfast/values.schema.json')) as {
  properties: Record<string, { properties: { env: { properties: Record<string, Setting> } } }>;
};

// The chart sets these itself, or has a value for all parts.
const ofTheChart = [
  ...['NODE_ENV', 'HOST', 'DATA_DIR', 'LOG_LEVEL', 'GATEWAY_PORT', 'ORDERS_PORT', 'PRODUCTS_PORT', 'WEBHOOKS_PORT'],
  ...['AMQP_URL', 'REDIS_URL', 'API_KEYS', 'WEBHOOK_ENCRYPTION_KEY'],
  ...['ORDERS_DATABASE_URL', 'PRODUCTS_DATABASE_URL', 'WEBHOOKS_DATABASE_URL'],
];

const shapes: [string, Record<string, ZodType>][] = [
  ['gateway', gatewayConfigSchema.shape],
  ['orders', ordersConfigSchema.shape],
  ['products', productsConfigSchema.shape],
  ['webhooks', webhooksConfigSchema.shape],
];

describe.each(shapes)('the settings of %s', (part, shape) => {
  const settings = valuesSchema.properties[part]?.properties.env.properties ?? {};

  it('are those that it reads', () => {
    const read = Object.keys(shape).filter((name) => !ofTheChart.includes(name));
    expect(Object.keys(settings).sort()).toEqual(read.sort());
  });

  const numbers = Object.entries(settings).filter(([, { type }]) => type === 'integer');

  it.each(numbers)('have the bounds of %s', (name, { minimum = Number.NaN, maximum = Number.NaN }) => {
    const takes = (value: number) => shape[name]?.safeParse(String(value)).success;
    expect([minimum, maximum].map(takes)).toEqual([true, true]);
    expect([minimum - 1, maximum + 1].map(takes)).toEqual([false, false]);
  });
});

describe('a setting', () => {
  const envOf = (setting: string, part: string) =>
    render('small', setting).one('Deployment', part).spec?.template.spec?.containers[0]?.env;

  it('that is a large number stays one', () => {
    const env = envOf('gateway.env.IMPORT_MAX_BYTES=20000000', 'api-gateway');
    expect(env).toContainEqual({ name: 'IMPORT_MAX_BYTES', value: '20000000' });
  });

  it('that is a flag is read as one', () => {
    const env = envOf('webhooks.env.WEBHOOK_ALLOW_HTTP=true', 'webhook-publisher');
    expect(env).toContainEqual({ name: 'WEBHOOK_ALLOW_HTTP', value: 'true' });
  });

  it('has a default that the publisher takes', () => {
    const schedule = envOf('logLevel=info', 'webhook-publisher')?.find(({ name }) => name === 'WEBHOOK_RETRY_SCHEDULE');
    expect(webhooksConfigSchema.shape.WEBHOOK_RETRY_SCHEDULE.parse(schedule?.value)).toHaveLength(7);
  });
});
