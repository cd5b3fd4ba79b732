import { accepted, type OrderPage, refused } from '@holdfast/contracts';
import { bearer, CLIENT_KEY, OPERATOR_KEY, problemIn, type Suite, startSuite } from './gateway.harness.js';
import { anOrder, aProduct } from './services.double.js';

let suite: Suite;

const PAGE: OrderPage = { data: [anOrder(), anOrder()], nextCursor: 'bmV4dA' };

beforeAll(async () => {
  suite = await startSuite();
});
beforeEach(() => {
  suite.services.forget();
  suite.services.answers.set('orders.list', () => accepted(PAGE));
});
afterAll(() => suite?.stop());

const list = (query = '', key = CLIENT_KEY, { url } = suite.gateway) =>
  fetch(`${url}/orders${query}`, { headers: bearer(key) });
const asked = () => suite.services.receivedBy('orders.list').map(({ data }) => data);

describe('GET /orders', () => {
  it('shows a page', async () => {
    const answer = await list();
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(PAGE);
    expect(asked()).toEqual([{ caller: { role: 'client', clientId: 'shop' }, limit: 50 }]);
  });

  it('passes every filter on, and who asks', async () => {
    const filters = { status: 'PENDING', reference: 'PO 7 ü', clientId: 'shop', limit: '7', cursor: 'abc' };
    const range = { from: '2026-01-05T00:00:00Z', to: '2026-01-06T00:00:00Z' };
    await list(`?${new URLSearchParams({ ...filters, ...range })}`, OPERATOR_KEY);
    expect(asked()).toEqual([{ caller: { role: 'operator', clientId: 'ops' }, ...filters, limit: 7, ...range }]);
  });

  it.each(['id', 'sku'] as const)('asks for a product by both of its names, given its %s', async (name) => {
    const product = aProduct();
    suite.services.answers.set('product.get', () => accepted(product));
    await list(`?productId=${product[name]}`);
    expect(suite.services.receivedBy('product.get').map(({ data }) => data)).toEqual([{ productId: product[name] }]);
    expect(asked()).toEqual([expect.objectContaining({ productNames: [product.id, product.sku] })]);
  });

  it('asks for a product that is not in the catalogue by the name that it is given', async () => {
    suite.services.answers.set('product.get', () => refused('PRODUCT_NOT_FOUND', 'There is no such product.'));
    await list('?productId=NO-SUCH-PRODUCT');
    expect(asked()).toEqual([expect.objectContaining({ productNames: ['NO-SUCH-PRODUCT'] })]);
  });

  it('does not show half a list when the catalogue does not answer', async () => {
    suite.services.answers.set('product.get', () => 'no answer');
    const impatient = await suite.another({ REQUEST_TIMEOUT_MS: '1000' });
    const answer = await list('?productId=mug', CLIENT_KEY, impatient);
    expect([answer.status, (await problemIn(answer)).code]).toEqual([504, 'ANSWER_TIMEOUT']);
    expect(asked()).toEqual([]);
  });

  it('passes a refusal on', async () => {
    suite.services.answers.set('orders.list', () => refused('FORBIDDEN', 'Only operators.'));
    const answer = await list('?clientId=other');
    expect([answer.status, (await problemIn(answer)).code]).toEqual([403, 'FORBIDDEN']);
  });

  it('says which parameters are wrong', async () => {
    const answer = await list('?limit=1000&status=NEW&colour=blue');
    expect(answer.status).toBe(400);
    const { errors } = await problemIn(answer);
    expect(errors?.map(({ query }) => query).sort()).toEqual(['colour', 'limit', 'status']);
    expect(suite.services.received).toEqual([]);
  });

  it('is nobody’s without a key', async () => {
    expect((await fetch(`${suite.gateway.url}/orders`)).status).toBe(401);
  });
});
