import { newId } from '@holdfast/contracts';
import { messagesIn, waitUntil, withProbe } from '@holdfast/testing';
import { type OrderRequest, type ProductRequest } from '../src/api-client.js';
import { LAMP, MUG, RARE, stock } from '../src/catalogue.js';
import { DEAD_LETTERS } from '../src/queues.js';
import { RestoreStand } from '../src/runbook/restore-stand.js';
import { Runbook } from '../src/runbook/runbook.js';
import { documentedCalls } from '../src/runbook/runbook-calls.js';

/** Sold out by the tests, so that a unit too many would be seen. */
const FEW: ProductRequest = { ...RARE, stock: 30 };
const FEWER: ProductRequest = { ...LAMP, stock: 4 };

const of = ({ sku }: ProductRequest, count: number, quantity = 1): OrderRequest[] =>
  Array.from({ length: count }, () => ({ productId: sku, quantity }));

let stand: RestoreStand;
const done = new Set<string>();

const startNew = async () => {
  stand = await RestoreStand.start();
  await stock(stand.stand.system, MUG, FEW, FEWER);
};

const end = async () => {
  for (const name of stand.shell.done) done.add(name);
  await stand.close();
};

/** Runs a block of the runbook that ends well. */
async function follow(name: string, variables: Record<string, string> = {}): Promise<string> {
  const { exitCode, output } = await stand.shell.run(name, variables);
  if (exitCode !== 0) throw new Error(`"${name}" ended with ${exitCode}:\n${output}\n${stand.stand.system.logs()}`);
  return output;
}

/** What the runbook promises for the end of a restore. */
async function expectAgreement(): Promise<void> {
  const { system, amqpUrl } = stand.stand;
  const output = await follow('compare');
  expect(output).toMatch(/^\d+ orders, 0 do not agree with their stock\n/);
  expect(output).toContain('every counter equals its ledger');
  for (const product of [MUG, FEW, FEWER]) {
    const sold = soldOf(product.sku);
    const row = stand.books.products().find(({ sku }) => sku === product.sku);
    expect([product.sku, row?.reserved]).toEqual([product.sku, sold]);
    expect(row?.available).toBeGreaterThanOrEqual(0);
  }
  expect(stand.books.ordersThatAre('PENDING')).toBe(0);
  await system.startOne('api-gateway');
  await follow('letters go back');
  await waitUntil('no letter is left', async () => Object.keys(await messagesIn(amqpUrl, DEAD_LETTERS)).length === 0);
  await stand.settles();
}

function soldOf(sku: string): number {
  const confirmed = new Set(
    stand.books
      .orders()
      .filter(({ status }) => status === 'CONFIRMED')
      .map(({ id }) => id),
  );
  const lines = stand.books.items().filter((line) => line.sku === sku && confirmed.has(line.orderId));
  return lines.reduce((units, { quantity }) => units + quantity, 0);
}

async function takeBackup(): Promise<void> {
  expect(await follow('take a backup')).toBe('orders ok\nproducts ok\nwebhooks ok\n');
}

describe('a restored backup, by the runbook', () => {
  beforeEach(startNew);
  afterEach(end);

  it('of orders.db has every order again, decided and cancelled as it was', async () => {
    const { system } = stand.stand;
    const before = await stand.place([...of(MUG, 15), ...of(FEW, 5, 2)]);
    await stand.settles();
    await takeBackup();
    const since = await stand.place([...of(MUG, 20, 2), ...of(FEW, 25), ...of({ ...MUG, sku: 'NONE' }, 5)]);
    await stand.settles();
    await stand.cancel([...before.slice(0, 3), ...since.slice(0, 5), ...since.slice(20, 24)]);
    const keyed = await stand.placeAs('kept', { productId: MUG.sku, quantity: 3, reference: 'R-1' });
    await stand.settles();
    const known = stand.knownOrders();
    const reservations = stand.books.reservations();
    const underWay = await stand.place(of(MUG, 5));

    await system.stop('api-gateway');
    await system.stop('orders-service');
    await stand.publisherHasAll(underWay);
    await follow('put the backup there', { LOST: 'orders' });
    expect(stand.books.orders()).toHaveLength(before.length);
    await system.startOne('orders-service');
    const output = await follow('orders are back');
    expect(output).toContain(
      `${since.length + 1 + underWay.length} orders placed again, 12 cancelled again, 0 problems`,
    );
    await waitUntil('they are decided', () => stand.books.ordersThatAre('PENDING') === 0);

    await expectAgreement();
    const ids = new Set(known.map(({ id }) => id));
    expect(stand.knownOrders().filter(({ id }) => ids.has(id))).toEqual(known);
    expect(stand.books.reservations().filter(({ orderId }) => ids.has(orderId))).toEqual(reservations);
    expect((await stand.placeAs('kept', { productId: MUG.sku, quantity: 3, reference: 'R-1' })).id).toBe(keyed.id);
    expect(await follow('orders are back')).toContain('0 orders placed again, 0 cancelled again, 0 problems');
  });

  it('of products.db has every confirmed order hold its stock, before anybody else gets it', async () => {
    const { system } = stand.stand;
    const before = await stand.place([...of(MUG, 15), ...of(FEW, 10), ...of(FEWER, 2)]);
    await stand.settles();
    await takeBackup();
    const restock = { delta: 6, reason: 'delivery' };
    expect((await system.operator().adjustStock(FEWER.sku, restock)).status).toBe(201);
    const since = await stand.place([...of(MUG, 20, 2), ...of(FEW, 24), ...of(FEWER, 6)]);
    await stand.settles();
    await stand.cancel([...before.slice(0, 3), ...since.slice(0, 5)]);
    await stand.settles();
    const known = stand.knownOrders();
    const reservations = stand.books.reservations();
    await system.stop('products-service');
    // They wait in its queue, and would get what is sold already.
    const waiting = await stand.place([...of(FEW, 3), ...of(MUG, 2)]);

    await system.stop('api-gateway');
    await follow('put the backup there', { LOST: 'products' });
    const short = await stand.shell.run('stock is held again');
    expect(short.exitCode).toBe(1);
    expect(short.output).toContain('LAMP +6 (delivery) is to be entered again');
    expect(short.output.match(/There is not enough of LAMP/g)).toHaveLength(4);
    await system.startOne('products-service');
    await system.startOne('api-gateway');
    expect((await system.operator().adjustStock(FEWER.sku, restock)).status).toBe(201);
    await system.stop('api-gateway');
    await system.stop('products-service');
    expect(await follow('stock is held again')).toMatch(/^\d+ restored, 0 cannot be held$/m);
    await system.startOne('products-service');
    await waitUntil('those that waited are decided', () => stand.books.ordersThatAre('PENDING') === 0, {
      timeoutMs: 90_000,
    });

    await expectAgreement();
    const ids = new Set(known.map(({ id }) => id));
    expect(stand.knownOrders().filter(({ id }) => ids.has(id))).toEqual(known);
    expect(stand.books.reservations().filter(({ orderId }) => ids.has(orderId))).toEqual(reservations);
    expect(waiting.map(({ id }) => stand.books.orders().find((order) => order.id === id)?.status)).toEqual([
      ...['REJECTED', 'REJECTED', 'REJECTED'],
      ...['CONFIRMED', 'CONFIRMED'],
    ]);
    for (const { id, status } of known) expect(decisionsToldOf(id)).toEqual(decisionsOf(status));
  });

  it('of webhooks.db has subscribers told of everything', async () => {
    const { system } = stand.stand;
    await stand.place(of(MUG, 5));
    await stand.settles();
    const SINCE = new Date(Date.now() - 60_000).toISOString();
    await takeBackup();
    await stand.place(of(MUG, 10));
    await stand.settles();
    await system.stop('webhook-publisher');
    await stand.place(of(MUG, 5));
    await follow('put the backup there', { LOST: 'webhooks' });
    await system.startOne('webhook-publisher');
    expect(await follow('events are told again', { SINCE })).toMatch(/^\d+ events of orders and \d+ of products are/);
    await waitUntil('every event is told', () => {
      const told = stand.toldIds();
      const events = [...stand.books.events('orders'), ...stand.books.events('products')];
      return events.filter(({ type }) => !/Stock$/.test(type)).every(({ id }) => told.has(id));
    });
    await stand.settles();
  });
});

describe('the calls in docs/operations.md', () => {
  beforeAll(startNew);
  afterAll(end);

  it('are answered', async () => {
    const { system, amqpUrl } = stand.stand;
    const [order] = await stand.place(of(MUG, 1));
    await withProbe(amqpUrl, (probe) => probe.publish('orders_queue', 'no JSON', { messageId: newId() }));
    const letter = await waitUntil('there is a letter', async () => {
      const path = '/dead-letters/orders_queue';
      return (await system.operator().request<{ data: { id: string }[] }>('GET', path)).body.data[0];
    });
    const ids = { orders: order?.id ?? '', products: MUG.sku, webhooks: stand.webhookId, orders_queue: letter.id };
    const calls = await documentedCalls(stand, ids);
    expect(calls.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
    expect(calls.length).toBeGreaterThan(10);
    // Nothing stands for something any more.
    expect(calls.filter(({ command }) => /<\w+>/.test(command))).toEqual([]);
  });
});

it('leaves no marked block of the runbook untried', () => {
  expect([...Runbook.read().blocks().keys()].filter((name) => !done.has(name))).toEqual([]);
});

const decisionsToldOf = (orderId: string): string[] => [
  ...new Set(
    stand
      .toldOf(orderId)
      .map(({ type }) => type)
      .filter((type) => type.startsWith('order.') && type !== 'order.created'),
  ),
];

const decisionsOf = (status: string): string[] =>
  status === 'CANCELLED' ? ['order.confirmed', 'order.cancelled'] : [`order.${status.toLowerCase()}`];
