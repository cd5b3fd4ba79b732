import { ProvidedServer } from '../servers/server-kind.js';
import { announcement } from './announcement.js';

const broker: ProvidedServer = {
  name: 'RabbitMQ',
  url: 'amqp://user:broker-password@host',
  origin: 'host:5672, from AMQP_URL',
  stop: () => Promise.resolve(),
};
const keys = [
  { role: 'client', client: 'shop', secret: 'client-secret' },
  { role: 'operator', client: 'ops', secret: 'operator-secret' },
];
const place = {
  gatewayUrl: 'http://127.0.0.1:3000',
  dataDir: '/data',
  sku: 'MUG',
  instances: [],
  databaseUrls: {},
  callbacks: [['Logger', 'stores every event']] as const,
};

describe('the announcement', () => {
  it('shows keys that were made here, and a request that uses one', () => {
    const text = announcement({ ...place, keys: { value: '', keys, madeHere: true }, servers: [broker] });
    expect(text).toContain("-H 'Authorization: Bearer client-secret'");
    expect(text).toContain('operator-secret');
    expect(text).toContain('http://127.0.0.1:3000/docs');
    expect(text).toMatch(/^ {2}Logger +stores every event$/m);
    expect(text).toContain(`-d '{"productId":"MUG","quantity":2}'`);
  });

  it('shows no secret that came from the environment', () => {
    const text = announcement({ ...place, keys: { value: '', keys, madeHere: false }, servers: [broker] });
    expect(text).not.toMatch(/client-secret|operator-secret|broker-password/);
  });

  it('shows how to log in to a management UI that is ours', () => {
    const managementUi = { url: 'http://127.0.0.1:15672', user: 'holdfast', password: 'p' };
    const servers = [{ ...broker, managementUi }];
    expect(announcement({ ...place, keys: { value: '', keys, madeHere: true }, servers })).toContain(
      'http://127.0.0.1:15672  (login holdfast / p)',
    );
  });

  it('shows where the instances of a service are, and its database that is ours', () => {
    const text = announcement({
      ...place,
      keys: { value: '', keys, madeHere: true },
      servers: [broker],
      instances: [['orders-service', '2 instances: http://127.0.0.1:3002, http://127.0.0.1:20002']],
      databaseUrls: { ORDERS_DATABASE_URL: 'postgres://holdfast:p@127.0.0.1:5432/orders' },
    });
    expect(text).toMatch(/^ {2}orders-service +2 instances: \S+:3002, \S+:20002$/m);
    expect(text).toMatch(/^ {2}ORDERS_DATABASE_URL {2}postgres:\/\/holdfast:p@127\.0\.0\.1:5432\/orders$/m);
  });
});
