import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { newId, type OrderCreated } from '@holdfast/contracts';
import {
  newDataDir,
  newRedisUrl,
  type ServiceName,
  ServiceProcess,
  type TestBroker,
  type TestPostgres,
  testBroker,
  testPostgres,
  testServers,
  waitUntil,
} from '@holdfast/testing';

// e2e/test/restore.e2e-spec.ts does all of it on SQLite, as the runbook has it; this is for what SQL may mean elsewhere.
describe('npm run restore, on PostgreSQL', () => {
  let broker: TestBroker;
  let postgres: TestPostgres;
  let client: Awaited<ReturnType<TestPostgres['connect']>>;
  let environment: Record<string, string>;
  const running = new Map<ServiceName, ServiceProcess>();

  beforeAll(async () => {
    [broker, postgres] = await Promise.all([testBroker(), testPostgres()]);
    client = await postgres.connect();
    // Three schemas of one database do as well as three databases.
    for (const service of ['orders', 'products', 'webhooks']) await client.query(`CREATE SCHEMA ${service}`);
    environment = {
      AMQP_URL: broker.url,
      REDIS_URL: newRedisUrl(),
      DATA_DIR: newDataDir(),
      ORDERS_DATABASE_URL: urlOf('orders'),
      PRODUCTS_DATABASE_URL: urlOf('products'),
      WEBHOOKS_DATABASE_URL: urlOf('webhooks'),
      WEBHOOK_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    };
    for (const name of ['orders-service', 'products-service', 'webhook-publisher'] as const) await start(name);
  });
  afterAll(async () => {
    for (const service of running.values()) await service.kill9();
    await postgres.close();
    await broker.close();
  });

  const urlOf = (schema: string) => `${postgres.url}?options=-csearch_path%3D${schema}`;

  async function start(name: ServiceName): Promise<void> {
    running.set(name, await ServiceProcess.start(name, environment));
  }

  async function restore(...args: string[]): Promise<{ code: number | null; output: string }> {
    const program = join(testServers().root, 'scripts/dist/restore/main.js');
    const child = spawn(process.execPath, [program, ...args], {
      cwd: testServers().folder,
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(child, 'close');
    return { code: child.exitCode, output };
  }

  const one = async <Row>(sql: string): Promise<Row | undefined> =>
    (await client.query(sql)).rows[0] as Row | undefined;

  /** As webhook-publisher keeps the order of a database that is lost. */
  async function keep(data: OrderCreated): Promise<void> {
    await client.query(
      `INSERT INTO webhooks.payloads (event_id, type, subject, data, correlation_id, occurred_at, deliveries)
       VALUES ($1, 'order.created', $2, $3, $4, $5, 1)`,
      [newId(), `order/${data.orderId}`, JSON.stringify(data), data.orderId, Date.now()],
    );
  }

  it('places again what orders-service has lost, and cancels again what was cancelled', async () => {
    await client.query(`
      INSERT INTO products.products (id, sku, name, price_amount, price_currency, available, request_id, version,
        created_at, updated_at)
      VALUES ('${newId()}', 'MUG', 'A mug', 990, 'EUR', 5, 'test', 1, 0, 0)`);
    await client.query(`
      INSERT INTO products.stock_movements (product_id, kind, available_delta, reserved_delta, sold_delta, created_at)
      SELECT id, 'initial', 5, 0, 0, 0 FROM products.products`);
    const about = {
      clientId: 'shop',
      reference: 'R-1',
      status: 'PENDING',
      createdAt: '2026-01-05T09:30:00.000Z',
    } as const;
    for (const [key, productId] of Object.entries({ a: 'MUG', b: 'MUG', c: 'NONE' })) {
      const orderId = newId();
      await keep({ ...about, orderId, idempotencyKey: `shop:${key}`, items: [{ productId, quantity: 2 }] });
    }
    expect(await restore('orders')).toEqual({
      code: 0,
      output: '3 orders placed again, 0 cancelled again, 0 problems\n',
    });
    const statuses = await one("SELECT string_agg(status, ' ' ORDER BY status) AS all FROM orders.orders");
    expect(statuses).toEqual({ all: 'CONFIRMED CONFIRMED REJECTED' });
    expect(await restore('compare')).toEqual({ code: 0, output: '3 orders, 0 do not agree with their stock\n' });
    expect((await restore('orders')).output).toBe('0 orders placed again, 0 cancelled again, 0 problems\n');
  });

  it('has confirmed orders hold their stock again', async () => {
    await running.get('products-service')?.stop();
    const held = 'SELECT available, reserved FROM products.products';
    const before = await one(held);
    await client.query(`
      SET session_replication_role = replica;
      DELETE FROM products.reservations; DELETE FROM products.republications; DELETE FROM products.events;
      DELETE FROM products.stock_movements WHERE order_id IS NOT NULL;
      UPDATE products.products SET available = 5, reserved = 0;
      SET session_replication_role = origin`);
    expect(await restore('compare')).toMatchObject({
      code: 1,
      output: expect.stringContaining('stock unknown, order CONFIRMED'),
    });
    expect(await restore('products')).toEqual({ code: 0, output: '3 restored, 0 cannot be held\n' });
    expect(await one(held)).toEqual(before);
    await start('products-service');
    expect((await restore('compare')).code).toBe(0);
  });

  it('has events published again', async () => {
    const since = '2026-01-05T00:00:00Z';
    // created, confirmed or rejected; reserved.
    expect(await restore('webhooks', '--since', since)).toEqual({
      code: 0,
      output: '6 events of orders and 3 of products are published again\n',
    });
    await waitUntil('they are published', async () => {
      const left = await one<{ n: number }>(
        'SELECT (SELECT count(*) FROM orders.republications) + (SELECT count(*) FROM products.republications) AS n',
      );
      return Number(left?.n) === 0;
    });
  });

  it('says how it is used, and what it cannot read', async () => {
    expect(await restore('redis')).toMatchObject({
      code: 2,
      output: expect.stringContaining('npm run restore -- orders'),
    });
    environment.ORDERS_DATABASE_URL = 'nowhere.db';
    expect(await restore('compare')).toMatchObject({
      code: 2,
      output: expect.stringMatching(
        /^Cannot read the database of orders: there is no such file\. Is .*ORDERS_DATABASE_URL set/,
      ),
    });
  });
});
