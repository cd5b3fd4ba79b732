import { newId } from '@holdfast/contracts';
import { aStockRefused, aStockReserved, dialects } from '@holdfast/testing';
import { ConcurrentOrders, cancelling, deciding, placing } from './concurrent-orders.harness.js';

const MANY = 20;
const PLACED = ['order.created', 'product.reserveStock'];
const CANCELLED = ['order.cancelled', 'product.releaseStock'];

// Whoever comes first: what is there in the end, and what everybody is told.
describe.each(dialects)('many at once on %s', (dialect) => {
  let orders: ConcurrentOrders;

  beforeAll(async () => {
    orders = await ConcurrentOrders.open(dialect);
  });
  afterAll(() => orders.close());

  it('that ask for the same order with one key get one order, and its answer', async () => {
    const before = await orders.countOf('orders');
    const request = { idempotencyKey: newId() };
    const replies = await orders.together(MANY, () => placing(request));
    const [first] = replies.map((reply) => reply.ok && reply.value.order);
    expect(first).toMatchObject({ status: 'PENDING' });
    for (const reply of replies) expect(reply).toMatchObject({ ok: true, value: { order: first } });
    expect(replies.filter((reply) => reply.ok && !reply.value.replayed)).toHaveLength(1);
    expect(await orders.countOf('orders')).toBe(before + 1);
    expect(await orders.countOf('order_items')).toBe(before + 1);
    expect(await orders.typesOf(first ? first.id : '')).toEqual(PLACED);
  });

  it.each([
    ['with a key', { idempotencyKey: newId() }],
    ['without one', {}],
  ])('that are the same message are one order, %s', async (_name, request) => {
    const messageId = newId();
    const replies = await orders.together(MANY, () => placing(request, messageId));
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    expect(replies[0]).toMatchObject({ ok: true, value: { order: { id: messageId }, replayed: false } });
    expect(await orders.typesOf(messageId)).toEqual(PLACED);
  });

  it('that cancel an order cancel it once', async () => {
    const orderId = await orders.placed();
    const replies = await orders.together(MANY, () => cancelling(orderId));
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    expect(replies[0]).toMatchObject({ ok: true, value: { status: 'CANCELLED', version: 2 } });
    expect(await orders.typesOf(orderId)).toEqual([...PLACED, ...CANCELLED]);
  });

  it('that cancel the same version of an order cancel it once, and all are told so', async () => {
    const orderId = await orders.placed();
    const replies = await orders.together(MANY, () => cancelling(orderId, { ifVersion: 1 }));
    expect(replies.map((reply) => reply.ok && reply.value.status)).toEqual(Array<string>(MANY).fill('CANCELLED'));
    expect(await orders.typesOf(orderId)).toEqual([...PLACED, ...CANCELLED]);
  });

  it('that decide and cancel an order do each once', async () => {
    const orderId = await orders.placed();
    const outcome = aStockReserved({ orderId });
    await orders.together<unknown>(MANY, (index) => (index % 4 === 3 ? cancelling(orderId) : deciding(outcome)));
    expect(await orders.stateOf(orderId)).toMatchObject([{ status: 'CANCELLED' }]);
    const types = (await orders.typesOf(orderId)).filter((type) => type !== 'order.confirmed');
    expect(types).toEqual([...PLACED, ...CANCELLED]);
  });

  it.each([
    ['stay PENDING', () => [], 'product.reserveStock', 0],
    ['are not known to have given back', (orderId: string) => [cancelling(orderId)], 'product.releaseStock', 1],
  ])('that sweep ask once for orders that %s', async (_name, steps, type, sweep) => {
    const ids = await Promise.all(Array.from({ length: MANY }, () => orders.placed()));
    for (const id of ids) for (const step of steps(id)) await orders.one.unitOfWork.run(step);
    await orders.one.unitOfWork.run(async (tx) => {
      for (const id of ids) await tx.run('UPDATE orders SET ask_again_at = 0 WHERE id = ?', [id]);
    });
    const now = Date.now();
    const sweeps = [orders.one, orders.other, orders.one, orders.other].map(
      (database) => orders.sweeps(database)[sweep],
    );
    await Promise.all(sweeps.map((one) => one?.execute(now)));
    const asked = await orders.one.queries.all<{ stream: string }>(
      `SELECT stream_id AS stream FROM republications r JOIN events e ON e.position = r.position WHERE e.type = ?`,
      [type],
    );
    expect(asked.map(({ stream }) => stream).sort()).toEqual(ids.map((id) => `order/${id}`).sort());
  });
});

// Side by side with one that is not committed yet; on SQLite there is nobody else meanwhile.
describe('on postgres, beside one that is under way', () => {
  let orders: ConcurrentOrders;

  beforeAll(async () => {
    orders = await ConcurrentOrders.open('postgres');
  });
  afterAll(() => orders.close());

  it('an equal request gets the answer of the first', async () => {
    const request = { idempotencyKey: newId() };
    const [first, second] = await orders.inTheMiddle(placing(request), placing(request));
    expect(second).toEqual(first.ok && { ok: true, value: { ...first.value, replayed: true } });
  });

  it('another request with its key is refused', async () => {
    const idempotencyKey = newId();
    const before = await orders.countOf('orders');
    const [, second] = await orders.inTheMiddle(
      placing({ idempotencyKey }),
      placing({ idempotencyKey, reference: 'other' }),
    );
    expect(second).toMatchObject({ ok: false, error: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await orders.countOf('orders')).toBe(before + 1);
  });

  it('an equal request is the first where that one is rolled back', async () => {
    const request = { idempotencyKey: newId() };
    const second = await orders.inTheMiddleOfNothing(placing(request), placing(request));
    expect(second).toMatchObject({ ok: true, value: { replayed: false } });
  });

  it('the same message is answered as the first time', async () => {
    const [messageId, request] = [newId(), { idempotencyKey: newId() }];
    const [first, second] = await orders.inTheMiddle(placing(request, messageId), placing(request, messageId));
    expect(second).toEqual(first);
  });

  it('a cancellation finds the order confirmed, with what it was sold for', async () => {
    const orderId = await orders.placed();
    const [, reply] = await orders.inTheMiddle(deciding(aStockReserved({ orderId })), cancelling(orderId));
    expect(reply).toMatchObject({ ok: true, value: { status: 'CANCELLED', version: 3, items: [{ name: 'Mug' }] } });
    expect(await orders.typesOf(orderId)).toEqual([...PLACED, 'order.confirmed', ...CANCELLED]);
  });

  it('a cancellation of the version before is refused', async () => {
    const orderId = await orders.placed();
    const [, reply] = await orders.inTheMiddle(
      deciding(aStockReserved({ orderId })),
      cancelling(orderId, { ifVersion: 1 }),
    );
    expect(reply).toMatchObject({ ok: false, error: { code: 'VERSION_MISMATCH' } });
  });

  it.each([aStockReserved, aStockRefused])(
    'the outcome of a reservation finds the order cancelled',
    async (outcome) => {
      const orderId = await orders.placed();
      await orders.inTheMiddle(cancelling(orderId), deciding(outcome({ orderId })));
      expect(await orders.stateOf(orderId)).toEqual([{ status: 'CANCELLED', version: 2 }]);
      expect(await orders.typesOf(orderId)).toEqual([...PLACED, ...CANCELLED]);
    },
  );

  it('a second cancellation is answered with the first', async () => {
    const orderId = await orders.placed();
    const [first, second] = await orders.inTheMiddle(cancelling(orderId), cancelling(orderId));
    expect(second).toEqual(first);
  });

  it('an outcome that comes twice changes nothing', async () => {
    const orderId = await orders.placed();
    const outcome = aStockReserved({ orderId });
    await orders.inTheMiddle(deciding(outcome), deciding(outcome));
    expect(await orders.stateOf(orderId)).toEqual([{ status: 'CONFIRMED', version: 2 }]);
    expect(await orders.typesOf(orderId)).toEqual([...PLACED, 'order.confirmed']);
  });

  it('a sweep leaves out what is just being decided', async () => {
    const [busy, idle] = [await orders.placed(), await orders.placed()];
    const later = Date.now() + 60_000;
    const [pending] = orders.sweeps(orders.other);
    await orders.one.unitOfWork.run(async (tx) => {
      await deciding(aStockReserved({ orderId: busy }))(tx);
      await pending.execute(later);
    });
    const asked = await orders.one.queries.all<{ id: string }>('SELECT id FROM orders WHERE asks = 1');
    expect(asked.map(({ id }) => id)).toContain(idle);
    expect(asked.map(({ id }) => id)).not.toContain(busy);
  });
});
