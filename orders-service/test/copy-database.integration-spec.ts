import 'reflect-metadata';
import { type CreateOrder, newId, type OrderPlaced, type OrderView, type Reply } from '@holdfast/contracts';
import {
  type AmqpProbe,
  aCreateOrder,
  aMessage,
  aStockReserved,
  CopyProgram,
  newDataDir,
  newRedisUrl,
  openProbe,
  type SeenMessage,
  type ServiceProcess,
  startService,
  TcpProxy,
  type TestBroker,
  TestDatabase,
  type TestPostgres,
  testBroker,
  testPostgres,
  waitUntil,
} from '@holdfast/testing';
import { PlaceOrder } from '../src/app/place-order.js';
import { ordersSchema } from '../src/app.module.js';
import { SqlOrderRepository } from '../src/outbound/sql-order.repository.js';

let broker: TestBroker;
let probe: AmqpProbe;
let postgres: TestPostgres;
let file: TestDatabase;
let fileName: string;
const running: ServiceProcess[] = [];

beforeEach(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  postgres = await testPostgres();
  file = await TestDatabase.create('sqlite');
  fileName = file.location.dialect === 'sqlite' ? file.location.file : '';
});
afterEach(async () => {
  for (const service of running.splice(0)) await service.kill9();
  await file.close();
  await postgres.close();
  await probe.close();
  await broker.close();
});

async function started(databaseUrl: string): Promise<ServiceProcess> {
  const env = { AMQP_URL: broker.url, REDIS_URL: newRedisUrl(), DATA_DIR: newDataDir() };
  const service = await startService('orders-service', { ...env, ORDERS_DATABASE_URL: databaseUrl });
  running.push(service);
  return service;
}

async function place(request: CreateOrder): Promise<OrderPlaced> {
  const messageId = newId();
  const ids = { messageId, correlationId: messageId };
  const reply = (await probe.ask('orders_queue', aMessage('orders.create', request), ids)) as {
    response: Reply<OrderPlaced>;
  };
  if (!reply.response.ok) throw new Error(`refused: ${reply.response.error.code}`);
  return reply.response.value;
}

const decided = (orderId: string): Promise<OrderView> =>
  waitUntil(`order ${orderId} is decided`, async () => {
    const body = aMessage('orders.get', { caller: { role: 'client', clientId: 'shop' }, orderId });
    const { response } = (await probe.ask('orders_queries', body)) as { response: Reply<OrderView> };
    return response.ok && response.value.status !== 'PENDING' && response.value;
  });

const reserve = (orderId: string) =>
  probe.publish('product.stockReserved', aMessage('product.stockReserved', aStockReserved({ orderId })), {
    exchange: 'events',
    messageId: newId(),
  });

/** Orders of a process that was killed before it could publish anything of them. */
async function leaveUnpublished(...requests: CreateOrder[]): Promise<string[]> {
  const database = await file.open(ordersSchema);
  const placeOrder = new PlaceOrder(new SqlOrderRepository(), 72);
  const ids = requests.map(() => newId());
  await database.unitOfWork.run(async (tx) => {
    for (const [index, request] of requests.entries()) {
      const messageId = ids[index] ?? '';
      const origin = { messageId, correlationId: messageId, traceparent: undefined, occurredAt: Date.now() };
      await placeOrder.execute(tx, request, origin);
    }
  });
  await database.close();
  return ids;
}

const ordersIn = (messages: readonly SeenMessage[]): string[] =>
  messages.map(({ body }) => (body as { data: { orderId: string } }).data.orderId);

const tablesInTarget = async (): Promise<unknown[]> => {
  const client = await postgres.connect();
  return (await client.query("SELECT FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"))
    .rows;
};

it('orders-service goes on where it was on SQLite: its relay, its answers, its orders', async () => {
  const withKey = aCreateOrder({ idempotencyKey: 'before-the-move', reference: 'Nº 1 🚢' });
  const before = await started(`sqlite:${fileName}`);
  const first = await place(withKey);
  await reserve(first.order.id);
  const confirmed = await decided(first.order.id);
  expect(await before.stop()).toBe(0);
  const left = aCreateOrder({ idempotencyKey: 'not-published' });
  const [leftId] = await leaveUnpublished(left);

  const { code, output } = await CopyProgram.run('orders-service', {}, ['--from', fileName, '--to', postgres.url]);
  expect([code, output]).toEqual([0, expect.stringMatching(/^orders +2 {2}[0-9a-f]{32}$/m)]);
  expect(output).toMatch(/rows and checksums are the same in both\.\nNow set ORDERS_DATABASE_URL/);

  const events = await probe.collect({ exchange: 'events', routingKey: 'order.*' });
  const commands = await probe.collect({ queue: 'products_queue' });
  await started(postgres.url);
  await waitUntil('what was left is published', () => ordersIn(events).includes(leftId ?? ''));
  await waitUntil('its stock is asked for', () => ordersIn(commands).includes(leftId ?? ''));

  expect(await place(withKey)).toEqual({ order: first.order, replayed: true });
  expect(await decided(first.order.id)).toEqual(confirmed);
  const next = await place(aCreateOrder());
  await waitUntil('a new order is published behind it', () => ordersIn(events).includes(next.order.id));
  // What was published before the move is not published again: the relay knows how far it was.
  expect(ordersIn(events)).toEqual([leftId, next.order.id]);
  await reserve(leftId ?? '');
  expect(await decided(leftId ?? '')).toMatchObject({ status: 'CONFIRMED' });
});

it('a copy that is killed leaves nothing, and the file can be copied again', async () => {
  await leaveUnpublished(...Array.from({ length: 3_000 }, () => aCreateOrder({ idempotencyKey: newId() })));
  const line = await TcpProxy.open(postgres.url);
  const copy = CopyProgram.start('orders-service', {}, ['--from', fileName, '--to', line.url]);
  await waitUntil('the copy has begun with the rows', () => /^\w+ +0 of [36],000$/m.test(copy.output()), {
    timeoutMs: 60_000,
  });
  line.freeze();
  copy.kill9();
  expect((await copy.ended()).code).toBeNull();
  await line.close();
  await waitUntil('the server has taken it back', async () => (await tablesInTarget()).length === 0);

  const again = await CopyProgram.run('orders-service', {}, ['--from', fileName, '--to', postgres.url]);
  expect([again.code, again.output]).toEqual([0, expect.stringMatching(/^events +6,000 {2}/m)]);
});

it('is refused while the service runs, and changes nothing', async () => {
  const service = await started(`sqlite:${fileName}`);
  const refused = await CopyProgram.run('orders-service', {}, ['--from', fileName, '--to', postgres.url]);
  expect(refused).toEqual({ code: 1, output: expect.stringMatching(/Another process has .* open: stop the service/) });
  expect(await tablesInTarget()).toEqual([]);
  expect(await service.stop()).toBe(0);
});

it.each<[string, string[], Record<string, string>, RegExp]>([
  ['no target', [], {}, /--to must be the postgres:/],
  ['another kind of target', ['--to', 'mysql://db/orders'], {}, /--to must be the postgres:/],
  ['a word that is not known', ['--too', 'x'], {}, /--too/],
  [
    'a service that is on PostgreSQL already',
    ['--to', 'postgres://127.0.0.1/new'],
    { ORDERS_DATABASE_URL: 'postgres://127.0.0.1/orders' },
    /ORDERS_DATABASE_URL is PostgreSQL already: name the file .* with --from/,
  ],
  ['no file', ['--to', 'postgres://127.0.0.1/new'], { DATA_DIR: '/nowhere' }, /There is no file \/nowhere\/orders\.db/],
])('is refused with %s', async (_name, args, env, message) => {
  const { code, output } = await CopyProgram.run('orders-service', env, args);
  expect([code, output]).toEqual([1, expect.stringMatching(message)]);
  expect(output).toContain('Nothing was copied.');
});
