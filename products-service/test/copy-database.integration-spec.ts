import { newId, type ProductCreated, type Reply, type StockReserved } from '@holdfast/contracts';
import { declareEvents } from '@holdfast/messaging';
import {
  type AmqpProbe,
  aMessage,
  aReserveStock,
  CopyProgram,
  newDataDir,
  newRedisUrl,
  openProbe,
  startService,
  type TestBroker,
  type TestPostgres,
  testBroker,
  testPostgres,
  waitUntil,
} from '@holdfast/testing';
import { checkStockIn } from '../src/check-stock.js';
import { aProduct, OPERATOR, ProductsDatabase } from './products-database.js';

let broker: TestBroker;
let probe: AmqpProbe;
let postgres: TestPostgres;
let database: ProductsDatabase;
let fileName: string;

beforeEach(async () => {
  broker = await testBroker();
  probe = await openProbe(broker.url);
  postgres = await testPostgres();
  database = await ProductsDatabase.open('sqlite');
  fileName = database.location.dialect === 'sqlite' ? database.location.file : '';
});
afterEach(async () => {
  await database.close();
  await postgres.close();
  await probe.close();
  await broker.close();
});

const copy = () => CopyProgram.run('products-service', {}, ['--from', fileName, '--to', postgres.url]);

const creation = {
  caller: OPERATOR,
  idempotencyKey: 'before-the-move',
  ...aProduct({ sku: 'CUP', name: 'Taza de café ☕', stock: 7 }),
};

it('products-service goes on where it was on SQLite: its relay, its answers, its stock', async () => {
  await database.create(aProduct({ sku: 'MUG', stock: 10 }));
  const created = await database.createFor(creation);
  const kept = aReserveStock({ items: [{ productId: 'MUG', quantity: 4 }] });
  const released = aReserveStock({ items: [{ productId: 'MUG', quantity: 3 }] });
  for (const command of [kept, released]) await database.reserve(command);
  await database.release(released);
  await database.adjust({ caller: OPERATOR, productId: 'MUG', delta: 5, reason: 'found in the cellar' });
  await database.change({ caller: OPERATOR, productId: 'MUG', changes: { name: 'A better mug' } });
  await database.close();

  const { code, output } = await copy();
  expect([code, output]).toEqual([0, expect.stringMatching(/^2 products, 6 movements: every counter equals its l/m)]);

  await declareEvents(probe.raw);
  const told = await probe.collect({ exchange: 'events', routingKey: 'product.stockReserved' });
  const service = await startService('products-service', {
    ...{ AMQP_URL: broker.url, REDIS_URL: newRedisUrl(), DATA_DIR: newDataDir() },
    PRODUCTS_DATABASE_URL: postgres.url,
  });
  try {
    const outcomesOf = (orderId: string): StockReserved[] =>
      told.map(({ body }) => (body as { data: StockReserved }).data).filter((outcome) => outcome.orderId === orderId);
    await waitUntil('what was left is published', () => outcomesOf(kept.orderId).length === 1);

    const messageId = newId();
    const ids = { messageId, correlationId: messageId };
    const again = await probe.ask('products_queue', aMessage('product.create', creation), ids);
    const first = created.ok ? created.value.product : undefined;
    expect((again as { response: Reply<ProductCreated> }).response).toEqual({
      ok: true,
      value: { product: first, replayed: true },
    });

    await probe.publish('products_queue', aMessage('product.reserveStock', kept), { messageId: newId() });
    await waitUntil('whoever asks again is answered', () => outcomesOf(kept.orderId).length === 2);
    const next = aReserveStock({ items: [{ productId: 'MUG', quantity: 11 }] });
    await probe.publish('products_queue', aMessage('product.reserveStock', next), { messageId: newId() });
    // 10 + 5 - 4: one that counted the repeat, or forgot what came back, would not have them.
    await waitUntil('the last mugs are reserved', () => outcomesOf(next.orderId)[0]?.reserved);
    expect(await checkStockIn({ dialect: 'postgres', url: postgres.url })).toEqual({
      exitCode: 0,
      text: '2 products, 7 movements: every counter equals its ledger',
    });
  } finally {
    await service.stop();
  }
});

it('a stock that its ledger does not explain is not copied', async () => {
  await database.create(aProduct({ sku: 'MUG', stock: 10 }));
  await database.unitOfWork.run((tx) => tx.run('UPDATE products SET available = 11'));
  await database.close();
  const { code, output } = await copy();
  expect(code).toBe(1);
  expect(output).toMatch(/available +11 +10 +\+1/);
  expect(output).toMatch(/It is so in the file too: .*\nNothing was copied\./);
  const client = await postgres.connect();
  const { rows } = await client.query("SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace");
  expect(rows).toEqual([]);
});
