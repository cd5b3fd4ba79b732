import { join } from 'node:path';
import { type DeadLetterAct, type DeadLetterDetail, type DeadLetterPage, newId } from '@holdfast/contracts';
import { type AmqpProbe, aMessage, openProbe, waitUntil } from '@holdfast/testing';
import Database from 'better-sqlite3';
import { type Answer } from '../src/api-client.js';
import { MUG, stock } from '../src/catalogue.js';
import { settled } from '../src/settled.js';
import { type Stand, startStand } from '../src/stand.js';
import { checkStock } from '../src/stock-check.js';

let stand: Stand;
let probe: AmqpProbe;

beforeAll(async () => {
  // The reconciler would mend by itself what an operator is to mend here.
  stand = await startStand({ RECONCILE_INTERVAL_MS: '600000', REQUEST_TIMEOUT_MS: '5000' });
  probe = await openProbe(stand.amqpUrl);
  await stock(stand.system, MUG);
});
afterAll(async () => {
  await probe?.close();
  await stand?.close();
});

const at = (path: string) => `/dead-letters${path}`;
const get = <Body>(path: string): Promise<Answer<Body>> => stand.system.operator().request('GET', at(path));
const post = (path: string, body?: object): Promise<Answer<DeadLetterAct>> =>
  stand.system.operator().request('POST', at(path), {}, body);

/** The letters of a queue, once there are so many. */
const letters = (queue: string, count: number) =>
  waitUntil(`${queue} has ${count} dead letters`, async () => {
    const { body } = await get<DeadLetterPage>(`/${queue}`);
    return body.depth === count && body.data.length === count ? body.data : undefined;
  });

async function theOnlyLetter(queue: string) {
  const [letter] = await letters(queue, 1);
  if (!letter) throw new Error(`${queue} has no dead letter`);
  return letter;
}

describe('dead letters, for operators', () => {
  it('show a message that somebody has published by hand, and are rid of it by a reason', async () => {
    const body = '{"pattern":"orders.create","data":{"clie';
    const messageId = newId();
    await probe.publish('orders_queue', body, { messageId });
    const letter = await theOnlyLetter('orders_queue');
    expect(letter).toMatchObject({ messageId, reason: 'malformed' });
    const shown = await get<DeadLetterDetail>(`/orders_queue/${letter.id}`);
    expect(shown.body.body).toEqual({ encoding: 'utf8', content: body, truncated: false });
    const counts = await waitUntil('both services that run have counted in time', async () => {
      const { data } = (await get<{ data: { depth: number | null }[] }>('')).body;
      return data.slice(0, 2).every(({ depth }) => depth !== null) && data;
    });
    expect(counts).toMatchObject([
      { queue: 'orders_queue', depth: 1, byReason: { malformed: 1 } },
      { queue: 'products_queue', depth: 0 },
      // Its service is not among those that run here.
      { queue: 'webhooks_queue', depth: null, unavailable: expect.any(String) },
    ]);
    const series = 'holdfast_dead_letters{queue="orders_queue"}';
    expect(await stand.system.metric('orders-service', series)).toBe(1);

    const act = await post(`/orders_queue/${letter.id}/discard`, { reason: 'a test of ours' });
    expect([act.status, act.body.state]).toEqual([200, 'done']);
    expect((await get<DeadLetterPage>('/orders_queue')).body).toMatchObject({ data: [], depth: 0 });
    expect((await get(`/orders_queue/${letter.id}`)).status).toBe(404);
    expect(await probe.depth('orders_queue.dlq')).toBe(0);
    expect(await stand.system.metric('orders-service', series)).toBe(0);
    const history = await get<{ data: DeadLetterAct[] }>('/orders_queue/acts');
    expect(history.body.data).toMatchObject([{ id: act.body.id, by: 'ops', reason: 'a test of ours', done: 1 }]);
  });

  it('give a good message back to its queue, where it has its effect, once what was wrong is mended', async () => {
    const orders = new Database(join(stand.system.dataDir, 'orders.db'));
    orders.exec("CREATE TRIGGER fault BEFORE UPDATE ON orders BEGIN SELECT RAISE(ABORT, 'a fault of ours'); END");
    const { body: order } = await stand.system.shop().placeOrder({ productId: 'MUG', quantity: 1 });
    const letter = await theOnlyLetter('orders_queue');
    expect(letter).toMatchObject({ pattern: 'product.stockReserved', reason: 'handler-failed', redriveCount: 0 });
    expect((await stand.system.shop().order(order.id)).body.status).toBe('PENDING');

    // Sent back too early it comes back, and is counted.
    expect((await post(`/orders_queue/${letter.id}/redrive`)).status).toBe(200);
    const again = await waitUntil('it has come back', async () => {
      const [returned] = await letters('orders_queue', 1);
      return returned?.redriveCount === 1 && returned;
    });
    expect(again.messageId).toBe(letter.messageId);

    orders.exec('DROP TRIGGER fault');
    orders.close();
    const act = await post(`/orders_queue/${again.id}/redrive`, { reason: 'the fault is mended' });
    expect(act.body).toMatchObject({ action: 'redrive', state: 'done', done: 1 });
    await waitUntil('the order is confirmed', async () => {
      return (await stand.system.shop().order(order.id)).body.status === 'CONFIRMED';
    });
    await letters('orders_queue', 0);
    await settled(stand);
    expect(await checkStock(stand.system.dataDir)).toMatchObject({ exitCode: 0 });
  });

  it('go back together at a rate, and the act says how far it has come', async () => {
    const lamp = { caller: { role: 'operator' as const, clientId: 'ops' }, ...MUG, sku: 'LAMP' };
    for (let count = 0; count < 3; count += 1) {
      await probe.publish('products_queue.dlq', aMessage('product.create', { ...lamp, sku: `LAMP-${count}` }), {
        messageId: newId(),
        persistent: true,
      });
    }
    await letters('products_queue', 3);
    const begun = await post('/products_queue/redrive', { where: { pattern: 'product.create' }, maxPerSecond: 2 });
    expect([begun.status, begun.body.planned]).toEqual([202, 3]);
    const location = String(begun.headers.get('location'));
    const done = await waitUntil('the act has ended', async () => {
      const { body } = await stand.system.operator().request<{ act: DeadLetterAct; data: object[] }>('GET', location);
      return body.act.state !== 'running' && body;
    });
    expect(done.act).toMatchObject({ state: 'done', done: 3 });
    expect(done.data).toHaveLength(3);
    for (let count = 0; count < 3; count += 1) {
      const created = async () => (await stand.system.shop().product(`LAMP-${count}`)).status === 200;
      await waitUntil('the product is there', created);
    }
  });

  it('are nobody else’s', async () => {
    for (const path of ['', '/orders_queue', '/orders_queue/acts']) {
      expect((await stand.system.shop().request('GET', at(path))).status).toBe(403);
    }
  });
});
