import { isUuid, orderViewSchema, productViewSchema } from '@holdfast/contracts';
import { waitUntil } from '@holdfast/testing';
import { type Answer } from '../src/api-client.js';
import { Books } from '../src/books.js';
import { LAMP, MUG, stock } from '../src/catalogue.js';
import { repeatedUntilAnswered } from '../src/repeated-until-answered.js';
import { settled } from '../src/settled.js';
import { type Stand, startStand } from '../src/stand.js';

const SMALL = { sku: 'SMALL', name: 'Small lot', price: { amount: 700, currency: 'EUR' }, stock: 5 };
const DOLLAR = { sku: 'DOLLAR', name: 'Import', price: { amount: 300, currency: 'USD' }, stock: 5 };

const WAIT = { prefer: 'wait=30' };

let stand: Stand;

beforeAll(async () => {
  stand = await startStand();
  await stock(stand.system, MUG, LAMP, SMALL, DOLLAR);
});
afterAll(() => stand?.close());

const shop = () => stand.system.shop();

const problemOf = ({ status, headers, body }: Answer<unknown>) => [
  status,
  (body as { code?: string }).code,
  headers.get('retry-after'),
];

const availableOf = async (sku: string): Promise<number> => (await shop().product(sku)).body.stock.available;

describe('an order', () => {
  it('is accepted as PENDING and becomes CONFIRMED with the names and prices of its reservation', async () => {
    const before = await availableOf('MUG');
    const placed = await shop().placeOrder({ productId: 'MUG', quantity: 2, reference: 'PO 7' });
    expect(placed.status).toBe(201);
    expect(orderViewSchema.parse(placed.body)).toEqual(placed.body);
    expect(placed.body).toMatchObject({ status: 'PENDING', version: 1, total: null, reference: 'PO 7' });
    expect(placed.headers.get('location')).toBe(`/orders/${placed.body.id}`);
    expect(placed.headers.get('preference-applied')).toBeNull();

    const final = await waitUntil('the order is final', async () => {
      const { body } = await shop().order(placed.body.id);
      return body.status === 'PENDING' ? undefined : body;
    });
    const mug = (await shop().product('MUG')).body;
    expect(final).toEqual({
      ...placed.body,
      status: 'CONFIRMED',
      version: 2,
      items: [{ productId: mug.id, quantity: 2, sku: 'MUG', name: 'Mug', unitPrice: MUG.price }],
      total: { amount: 2_500, currency: 'EUR' },
      updatedAt: final.updatedAt,
    });
    expect(mug.stock).toMatchObject({ available: before - 2, onHand: MUG.stock });
  });

  it('of several lines, repeated ones among them, is answered when it is final to whoever prefers to wait', async () => {
    const items = [
      { productId: 'LAMP', quantity: 1 },
      { productId: 'MUG', quantity: 3 },
      { productId: 'LAMP', quantity: 2 },
    ];
    const [lamps, mugs] = [await availableOf('LAMP'), await availableOf('MUG')];
    const { status, headers, body } = await shop().placeOrder({ items }, WAIT);
    expect(status).toBe(201);
    expect(headers.get('preference-applied')).toBe('wait=30');
    expect(body.status).toBe('CONFIRMED');
    expect(body.items.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['LAMP', 1],
      ['MUG', 3],
      ['LAMP', 2],
    ]);
    expect(body.total).toEqual({ amount: 3 * 4_900 + 3 * 1_250, currency: 'EUR' });
    expect([await availableOf('LAMP'), await availableOf('MUG')]).toEqual([lamps - 3, mugs - 3]);
  });

  it('names a product by its id as well', async () => {
    const { id } = (await shop().product('LAMP')).body;
    const { body } = await shop().placeOrder({ productId: id.toUpperCase(), quantity: 1 }, WAIT);
    expect(body).toMatchObject({ status: 'CONFIRMED', items: [{ productId: id, sku: 'LAMP' }] });
  });

  it.each([
    ['an unknown product', { productId: 'NOWHERE', quantity: 1 }, 'UNKNOWN_PRODUCT', 'NOWHERE'],
    ['more than there is', { productId: 'SMALL', quantity: 6 }, 'OUT_OF_STOCK', 'SMALL (6 wanted, 5 available)'],
  ])('for %s is REJECTED with the reason', async (_name, order, reason, named) => {
    const { status, body } = await shop().placeOrder(order, WAIT);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'REJECTED',
      rejectionReason: reason,
      rejectionDetail: expect.stringContaining(named),
      total: null,
      version: 2,
    });
  });

  it.each([
    ['one line asks for more than there is', [{ productId: 'SMALL', quantity: 6 }], 'OUT_OF_STOCK'],
    ['one line names no product', [{ productId: 'NOWHERE', quantity: 1 }], 'UNKNOWN_PRODUCT'],
    ['one line has another currency', [{ productId: 'DOLLAR', quantity: 1 }], 'MIXED_CURRENCIES'],
    [
      'two lines fit only one by one',
      [
        { productId: 'SMALL', quantity: 3 },
        { productId: 'SMALL', quantity: 3 },
      ],
      'OUT_OF_STOCK',
    ],
  ])('takes all of its lines or none: %s', async (_name, lines, reason) => {
    const levels = () => Promise.all(['MUG', 'LAMP', 'SMALL', 'DOLLAR'].map(availableOf));
    const before = await levels();
    const items = [{ productId: 'MUG', quantity: 1 }, ...lines, { productId: 'LAMP', quantity: 1 }];
    const { body } = await shop().placeOrder({ items }, WAIT);
    expect(body).toMatchObject({ status: 'REJECTED', rejectionReason: reason });
    expect(body.items).toHaveLength(items.length);
    expect(await levels()).toEqual(before);
  });

  it('is shown to its client and to operators, and is nobody else’s', async () => {
    const { id } = (await shop().placeOrder({ productId: 'MUG', quantity: 1 }, WAIT)).body;
    const own = await shop().order(id);
    expect([own.status, own.headers.get('etag')]).toEqual([200, '"2"']);
    expect((await stand.system.operator().order(id)).body).toEqual(own.body);
    const theirs = await stand.system.rival().order(id);
    expect([theirs.status, theirs.body]).toEqual([404, expect.objectContaining({ code: 'ORDER_NOT_FOUND' })]);
    const current = await shop().order(id, { 'if-none-match': '"2"' });
    expect([current.status, current.text]).toEqual([304, '']);
    expect((await shop().order(id, { 'if-none-match': '"1"' })).status).toBe(200);
  });
});

describe('an idempotency key', () => {
  const withKey = (key: string) => ({ 'idempotency-key': key });

  it('makes one order of a repeated request and answers it byte for byte, also when the order has moved on', async () => {
    const first = await shop().placeOrder({ productId: 'MUG', quantity: 1 }, withKey('once-1'));
    await waitUntil('the order is final', async () => (await shop().order(first.body.id)).body.status === 'CONFIRMED');
    const second = await shop().placeOrder({ productId: 'MUG', quantity: 1 }, withKey('"once-1"'));
    expect([second.status, second.text]).toEqual([201, first.text]);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const patient = await shop().placeOrder({ productId: 'MUG', quantity: 1 }, { ...withKey('once-1'), ...WAIT });
    expect(patient.body).toMatchObject({ id: first.body.id, status: 'CONFIRMED' });
  });

  it('is refused to another request, and the first order stays as it is', async () => {
    const first = await shop().placeOrder({ productId: 'MUG', quantity: 1 }, { ...withKey('reused'), ...WAIT });
    const other = await shop().placeOrder({ productId: 'MUG', quantity: 2 }, withKey('reused'));
    expect([other.status, other.body]).toEqual([422, expect.objectContaining({ code: 'IDEMPOTENCY_KEY_REUSED' })]);
    expect((await shop().order(first.body.id)).body).toEqual(first.body);
  });

  it('of another client is another key', async () => {
    const mine = await shop().placeOrder({ productId: 'MUG', quantity: 1 }, withKey('shared'));
    const theirs = await stand.system.rival().placeOrder({ productId: 'MUG', quantity: 1 }, withKey('shared'));
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  it('makes one order of 50 equal requests at once', async () => {
    await stock(stand.system, { ...MUG, sku: 'AT-ONCE', stock: 100 });
    const place = () => shop().placeOrder({ productId: 'AT-ONCE', quantity: 1 }, withKey('at-once'));
    const answers = await Promise.all(Array.from({ length: 50 }, place));
    const placed = answers.filter(({ status }) => status === 201);
    const early = answers.filter(({ status }) => status !== 201);
    expect(placed.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(early.map(problemOf)).toEqual(early.map(() => [409, 'IDEMPOTENCY_KEY_IN_USE', '1']));
    const repeats = await Promise.all(early.map(() => repeatedUntilAnswered(place)));
    expect(new Set([...placed, ...repeats].map(({ text }) => text)).size).toBe(1);
    const orders = new Books(stand.system.dataDir).orders();
    expect(orders.filter(({ idempotencyKey }) => idempotencyKey === 'shop:at-once')).toHaveLength(1);
    await settled(stand);
    expect(await availableOf('AT-ONCE')).toBe(99);
  });

  it('with 50 different requests at once makes one order and refuses the others', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        repeatedUntilAnswered(() =>
          shop().placeOrder({ productId: 'MUG', quantity: index + 1 }, withKey('at-once-different')),
        ),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 49 }, () => 422)]);
  });
});

describe('the catalogue', () => {
  it('takes a product of an operator in and shows it', async () => {
    const chair = { sku: 'CHAIR', name: 'Chair', price: { amount: 8_900, currency: 'EUR' }, stock: 7 };
    const created = await stand.system.operator().createProduct(chair);
    expect(created.status).toBe(201);
    expect(productViewSchema.parse(created.body)).toEqual(created.body);
    expect(created.headers.get('location')).toBe(`/products/${created.body.id}`);
    expect(created.body).toMatchObject({ ...chair, stock: { onHand: 7, reserved: 0, available: 7 }, version: 1 });
    expect(isUuid(created.body.id)).toBe(true);
    expect((await shop().product('CHAIR')).body).toEqual(created.body);
    const etag = created.headers.get('etag') ?? '';
    expect((await shop().product(created.body.id, { 'if-none-match': etag })).status).toBe(304);
  });

  it('is an operator’s to change', async () => {
    const refused = await shop().request<{ code: string }>('POST', '/products', {}, { ...MUG, sku: 'MINE' });
    expect([refused.status, refused.body.code]).toEqual([403, 'FORBIDDEN']);
    expect((await shop().product('MINE')).status).toBe(404);
  });

  it('has a sku once', async () => {
    const again = await stand.system.operator().createProduct(MUG);
    expect([again.status, again.body]).toEqual([409, expect.objectContaining({ code: 'SKU_TAKEN' })]);
  });

  it('is shown page by page, each product once', async () => {
    const skus: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '?limit=2' : `?limit=2&cursor=${cursor}`;
      const { body } = await shop().products(query);
      skus.push(...body.data.map(({ sku }) => sku));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(skus).toEqual([...new Set(skus)].sort());
    expect(skus).toEqual(expect.arrayContaining(['DOLLAR', 'LAMP', 'MUG', 'SMALL']));
  });
});
