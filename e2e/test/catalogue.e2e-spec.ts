import { type ProductView, type StockMovementPage } from '@holdfast/contracts';
import { waitUntil } from '@holdfast/testing';
import { MUG, stock } from '../src/catalogue.js';
import { type Stand, startStand } from '../src/stand.js';
import { checkStock } from '../src/stock-check.js';

const LINES = 20_000;

let stand: Stand;

beforeAll(async () => {
  stand = await startStand();
  await stock(stand.system, MUG);
});
afterAll(() => stand.close());

interface Report {
  created: number;
  existing: number;
  failed: number;
  errors: { line: number; sku: string | null; code: string }[];
}

const shop = () => stand.system.shop();
const operator = () => stand.system.operator();

const patch = (ref: string, changes: object, headers: Record<string, string> = {}) =>
  operator().request<ProductView & { code?: string }>('PATCH', `/products/${ref}`, headers, changes);

async function importFile(file: string): Promise<Report> {
  const type = { 'content-type': 'text/csv' };
  const { status, text, body } = await operator().request<Report>('POST', '/products/import', type, file);
  if (status !== 200) throw new Error(`the import ended with ${status}: ${text}`);
  return body;
}

async function sell(productId: string): Promise<string> {
  const placed = await shop().placeOrder({ productId, quantity: 2 }, { prefer: 'wait=30' });
  expect(placed.body.status).toBe('CONFIRMED');
  return placed.body.id;
}

async function movementsOf(ref: string, query = ''): Promise<StockMovementPage> {
  return (await operator().request<StockMovementPage>('GET', `/products/${ref}/movements${query}`)).body;
}

const catalogue = Array.from({ length: LINES }, (_, index) => `bulk-${index},"Product, no. ${index}",${index},EUR,100`);
const HEADER = 'sku,name,price_amount,price_currency,stock';
const fileOf = (lines: readonly string[]) => [HEADER, ...lines, ''].join('\r\n');

describe('a file of 20,000 products', () => {
  it('is taken in, line by line, while orders are placed', async () => {
    const importing = importFile(fileOf(catalogue));
    await waitUntil('the first products are there', async () => (await shop().product('bulk-0')).status === 200);
    await sell(MUG.sku);
    expect(await importing).toEqual({ created: LINES, existing: 0, failed: 0, errors: [] });
    for (const index of [0, 1, LINES - 1]) {
      const { body } = await shop().product(`bulk-${index}`);
      expect(body).toMatchObject({
        ...{ name: `Product, no. ${index}`, price: { amount: index, currency: 'EUR' } },
        stock: { onHand: 100, reserved: 0, available: 100 },
      });
    }
  });

  it('can be sent again, with what is new and what is wrong in it, and touches nothing that is there', async () => {
    await sell('bulk-7');
    const lines = [...catalogue, 'bulk-new,New,1,EUR,1', 'bulk-8,Other,1,EUR,1', 'bulk-9b,No price,,EUR,1', MUG.sku];
    const { errors, ...counts } = await importFile(fileOf(lines.with(9, 'bulk-9,Changed,9,EUR,100')));
    expect(counts).toEqual({ created: 1, existing: LINES - 1, failed: 4 });
    expect(errors).toMatchObject([
      { line: 11, sku: 'bulk-9', code: 'SKU_TAKEN' },
      { line: LINES + 3, sku: 'bulk-8', code: 'VALIDATION_FAILED' },
      { line: LINES + 4, sku: 'bulk-9b', code: 'VALIDATION_FAILED' },
      { line: LINES + 5, sku: null, code: 'VALIDATION_FAILED' },
    ]);
    expect((await shop().product('bulk-7')).body.stock).toEqual({ onHand: 100, reserved: 2, available: 98 });
    expect((await shop().product('bulk-9')).body.name).toBe('Product, no. 9');
    expect((await checkStock(stand.system.dataDir)).exitCode).toBe(0);
  });
});

describe('a product that sells', () => {
  it('can be changed by who has seen its catalogue data, and not by who has not', async () => {
    const seen = await shop().product(MUG.sku);
    await sell(MUG.sku);
    const now = await shop().product(MUG.sku, { 'if-none-match': String(seen.headers.get('etag')) });
    expect(now.status).toBe(200);
    const ifMatch = { 'if-match': String(seen.headers.get('etag')) };
    const changed = await patch(MUG.sku, { name: 'Mug, large' }, ifMatch);
    expect([changed.status, JSON.parse(changed.text)]).toEqual([200, expect.objectContaining({ name: 'Mug, large' })]);
    expect((await patch(MUG.sku, { name: 'Mug, small' }, ifMatch)).status).toBe(412);
    const current = await shop().product(MUG.sku, { 'if-none-match': String(changed.headers.get('etag')) });
    expect(current.status).toBe(304);
  });

  it('leaves orders that have their stock at their price', async () => {
    const order = await sell(MUG.sku);
    await patch(MUG.sku, { price: { amount: 1, currency: 'EUR' } });
    expect((await shop().order(order)).body.total).toEqual({ amount: 2 * MUG.price.amount, currency: 'EUR' });
    expect((await shop().order(await sell(MUG.sku))).body.total).toEqual({ amount: 2, currency: 'EUR' });
  });

  it('shows operators every movement of its stock, and clients none', async () => {
    const order = await sell(MUG.sku);
    await operator().adjustStock(MUG.sku, { delta: -1, reason: 'broken' });
    const { data, nextCursor } = await movementsOf(MUG.sku, '?limit=2');
    expect(data).toMatchObject([
      { kind: 'write-off', delta: { available: -1 }, reason: 'broken', adjustedBy: 'ops', orderId: null },
      { kind: 'reserve', delta: { available: -2, reserved: 2 }, orderId: order },
    ]);
    const rest = await movementsOf(MUG.sku, `?limit=100&cursor=${nextCursor}`);
    const sum = [...data, ...rest.data].reduce((total, { delta }) => total + delta.available, 0);
    expect(sum).toBe((await shop().product(MUG.sku)).body.stock.available);
    expect((await shop().request('GET', `/products/${MUG.sku}/movements`)).status).toBe(403);
  });
});

describe('a new product under a key', () => {
  it('is made once, and answered byte for byte, also when the service was killed in between', async () => {
    const body = JSON.stringify({ ...MUG, sku: 'KEYED' });
    const create = (content = body) =>
      operator().request('POST', '/products', { 'idempotency-key': 'spring-7' }, content);
    const first = await create();
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null]);
    await patch('KEYED', { name: 'Renamed' });
    await stand.system.kill9('products-service');
    await stand.system.startOne('products-service');
    const again = await create();
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(again.text).toBe(first.text);
    expect((JSON.parse(again.text) as ProductView).name).toBe(MUG.name);
    expect((await create(JSON.stringify({ ...MUG, sku: 'OTHER' }))).status).toBe(422);
  });
});
