import { type AdjustStock, type CreateProduct, MAX_STOCK, newId, type Reply } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { aReserveStock, waitUntil } from '@holdfast/testing';
import { AdjustStock as AdjustStockUseCase } from '../src/app/adjust-stock.js';
import { ReleaseStock } from '../src/app/release-stock.js';
import { LOCK, lockProducts } from '../src/outbound/lock-products.js';
import { SqlAdjustmentRepository } from '../src/outbound/sql-adjustment.repository.js';
import { SqlOtherKeyUses } from '../src/outbound/sql-other-key.uses.js';
import { SqlReservationRepository } from '../src/outbound/sql-reservation.repository.js';
import { SqlStockRepository } from '../src/outbound/sql-stock.repository.js';
import { anOrigin, aProduct, OPERATOR, ProductsDatabase } from './products-database.js';

// Two instances of the service, and somebody in whose way both stand.
let one: ProductsDatabase;
let two: ProductsDatabase;
let holder: ProductsDatabase;

beforeAll(async () => {
  one = await ProductsDatabase.open('postgres');
  two = await one.another();
  holder = await one.another();
});
beforeEach(async () => {
  await ProductsDatabase.open('postgres');
  await one.create(aProduct({ sku: 'MUG', stock: 10 }));
});
afterEach(async () => {
  expect(await one.differences()).toEqual([]);
  expect(one.failures).toBe(0);
});

/** Sets an instance to work on each of two requests, in the middle of which both have to wait for the same moment. */
async function together<T>(
  hold: (tx: Transaction) => Promise<unknown>,
  first: (instance: ProductsDatabase) => Promise<T>,
  second: (instance: ProductsDatabase) => Promise<T> = first,
): Promise<T[]> {
  let requests: Promise<T[]> | undefined;
  const held = holder.unitOfWork.run(async (tx) => {
    await hold(tx);
    requests ??= Promise.all([first(one), second(two)]);
    await waitUntil('both wait', async () => (await waiting()) === 2);
    throw new LetThemGo();
  });
  await expect(held).rejects.toThrow(LetThemGo);
  return requests ?? [];
}
class LetThemGo extends Error {}

async function waiting(): Promise<number> {
  const [row] = await one.rows<{ waiting: number }>(
    `SELECT count(*) AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return row?.waiting ?? 0;
}

const theMug = (tx: Transaction) => tx.run("SELECT 1 FROM products WHERE sku = 'MUG' FOR UPDATE");
const anOrderOf = (quantity: number, sku = 'MUG') => aReserveStock({ items: [{ productId: sku, quantity }] });
const counters = () => one.rows('SELECT available, reserved FROM products ORDER BY sku');
const republications = () => one.count('republications');
const codesOf = (replies: Reply<unknown>[]) => replies.map((reply) => (reply.ok ? 'ok' : reply.error.code)).sort();
const replayedOf = (replies: Reply<{ replayed: boolean }>[]) =>
  replies.map((reply) => reply.ok && reply.value.replayed).sort();

describe('two instances at once, with the same order', () => {
  it('reserve once, and the one that comes second answers again', async () => {
    const order = anOrderOf(4);
    await together(theMug, (instance) => instance.reserve(order));
    expect(await one.outcomesOf(order.orderId)).toMatchObject([{ reserved: true }]);
    expect(await counters()).toEqual([{ available: 6, reserved: 4 }]);
    expect(await republications()).toBe(1);
  });

  it('refuse it once', async () => {
    const order = aReserveStock({ items: [{ productId: 'NO-SUCH-SKU', quantity: 1 }] });
    const row = "INSERT INTO reservations VALUES (?, 'REFUSED', '[]', 0)";
    await together(
      (tx) => tx.run(row, [order.orderId]),
      (instance) => instance.reserve(order),
    );
    expect(await one.outcomesOf(order.orderId)).toMatchObject([{ reason: 'UNKNOWN_PRODUCT' }]);
    expect(await republications()).toBe(1);
  });

  it('take nothing where its release overtakes the reservation that has begun', async () => {
    const order = anOrderOf(4);
    let reserved: Promise<void> | undefined;
    await holder.unitOfWork.run(async (tx) => {
      await theMug(tx);
      reserved ??= one.reserve(order);
      await waitUntil('it waits for the mug', async () => (await waiting()) === 1);
      await two.release(order);
    });
    await reserved;
    expect((await one.told(`reservation/${order.orderId}`)).map(({ type }) => type)).toEqual([
      'product.stockReserved',
      'product.stockReleased',
    ]);
    expect(await one.outcomesOf(order.orderId)).toMatchObject([{ reserved: false, reason: 'ORDER_CANCELLED' }]);
    expect(await counters()).toEqual([{ available: 10, reserved: 0 }]);
  });

  it('release it once', async () => {
    const order = anOrderOf(4);
    await one.reserve(order);
    await together(
      (tx) => tx.run('SELECT 1 FROM reservations FOR UPDATE'),
      (instance) => instance.release(order),
    );
    expect(await counters()).toEqual([{ available: 10, reserved: 0 }]);
    expect(await one.told(`reservation/${order.orderId}`)).toHaveLength(2);
    expect(await republications()).toBe(1);
  });

  it('give back what is reserved while its release looks for it', async () => {
    const order = anOrderOf(4);
    class ReservedAfterTheLook extends SqlReservationRepository {
      override async release(tx: Transaction, orderId: string) {
        const held = await super.release(tx, orderId);
        if (!held) await two.reserve(order);
        return held;
      }
    }
    const release = new ReleaseStock(new SqlStockRepository(), new ReservedAfterTheLook());
    await one.unitOfWork.run((tx) => release.execute(tx, order, anOrigin()));
    expect(await counters()).toEqual([{ available: 10, reserved: 0 }]);
    expect(await one.count('reservations', "status = 'RELEASED'")).toBe(1);
    expect((await one.told(`reservation/${order.orderId}`)).map(({ type }) => type)).toEqual([
      'product.stockReserved',
      'product.stockReleased',
    ]);
    expect(await one.outcomesOf(order.orderId)).toMatchObject([{ reserved: true }]);
  });

  it('leave it released, whoever of reservation, release and their repeats is first', async () => {
    const orders = Array.from({ length: 40 }, () => anOrderOf(1));
    await Promise.all(
      orders.flatMap((order, index) => {
        const [here, there] = index % 2 === 0 ? [one, two] : [two, one];
        return [here.reserve(order), there.release(order), there.reserve(order), here.release(order)];
      }),
    );
    expect(await counters()).toEqual([{ available: 10, reserved: 0 }]);
    expect(await one.count('reservations', "status <> 'RELEASED'")).toBe(0);
    expect(await one.count('events', "type = 'product.stockReserved'")).toBe(orders.length);
    expect(await one.count('events', "type = 'product.stockReleased'")).toBe(orders.length);
  });
});

describe('two instances at once, with orders for the same products', () => {
  it('refuse the one that comes second, by what is left then', async () => {
    const [large, small] = [anOrderOf(8), anOrderOf(5)];
    await together(
      theMug,
      (instance) => instance.reserve(large),
      (instance) => instance.reserve(small),
    );
    const told = (await Promise.all([large, small].map(({ orderId }) => one.outcomesOf(orderId)))).flat();
    const refusals = told.flatMap((outcome) => (outcome.reserved ? [] : [outcome.detail]));
    expect(refusals).toEqual([expect.stringMatching(/MUG \((5 wanted, 2|8 wanted, 5) available\)/)]);
  });

  it('sell what there is, no unit twice, and say once that it is low', async () => {
    await one.create(aProduct({ sku: 'LAMP', stock: 60, lowStockThreshold: 30 }));
    await one.create(aProduct({ sku: 'CUP', stock: 60 }));
    const [lamp, cup] = [
      { productId: 'LAMP', quantity: 1 },
      { productId: 'CUP', quantity: 1 },
    ];
    // Alone and together with another one, in either order, by sku and by id, so that turns do not cover all of it.
    const [row] = await one.rows<{ id: string }>("SELECT id FROM products WHERE sku = 'LAMP'");
    const byId = { productId: row?.id ?? '', quantity: 1 };
    const baskets = [[lamp], [lamp, cup], [cup, byId], [byId]];
    const orders = Array.from({ length: 100 }, (_, index) => aReserveStock({ items: baskets[index % 4] ?? [] }));
    await Promise.all(orders.map((order, index) => (index % 8 < 4 ? one : two).reserve(order)));
    expect(await one.count('reservations', "status = 'RESERVED'")).toBe(60);
    expect(await one.count('reservations', "status = 'REFUSED'")).toBe(40);
    expect(await one.rows("SELECT available, reserved FROM products WHERE sku = 'LAMP'")).toEqual([
      { available: 0, reserved: 60 },
    ]);
    const lows = await one.rows<{ payload: string }>("SELECT payload FROM events WHERE type = 'product.stockLow'");
    expect(lows.map(({ payload }) => JSON.parse(payload))).toMatchObject([{ sku: 'LAMP', available: 30 }]);
  });
});

describe('the products of messages that share a transaction', () => {
  it('are locked in order of their ids, by id or sku, and found by their indexes', async () => {
    for (const sku of ['A', 'B', 'C']) await one.create(aProduct({ sku }));
    const rows = await one.rows<{ id: string; sku: string }>('SELECT id, sku FROM products ORDER BY id');
    const names = rows.map(({ id, sku }, index) => (index % 2 === 0 ? sku : id)).reverse();
    await one.unitOfWork.run(async (tx) => {
      await lockProducts(tx, [...names, 'NO-SUCH-SKU']);
      const free = 'SELECT sku FROM products FOR NO KEY UPDATE SKIP LOCKED';
      expect(await two.unitOfWork.run((other) => other.all(free))).toEqual([]);
    });
    const plan = await one.planOf(LOCK, ['[]', '[]']);
    expect(plan).toMatch(/products_pkey(.|\n)*products_sku_key/);
    expect(plan).not.toMatch(/Seq Scan/);
  });
});

describe('two instances at once, with an adjustment', () => {
  const adjust =
    (given: Partial<AdjustStock> = {}, messageId?: string) =>
    (instance: ProductsDatabase) =>
      instance.adjust({ caller: OPERATOR, productId: 'MUG', delta: 5, reason: 'counted', ...given }, messageId);

  it('that is delivered twice make it once, and give one answer', async () => {
    const [first, second] = await together(theMug, adjust({}, newId()));
    expect(second).toEqual(first);
    expect(await counters()).toEqual([{ available: 15, reserved: 0 }]);
  });

  it.each([
    ['fits twice', 5],
    ['fits only once', -6],
  ])('that is asked for twice under one key make it once: one that %s', async (_name, delta) => {
    const replies = await together(theMug, adjust({ delta, idempotencyKey: 'k' }));
    expect(replayedOf(replies)).toEqual([false, true]);
    expect(new Set(replies.map((reply) => reply.ok && reply.value.adjustment.id)).size).toBe(1);
    expect(await counters()).toEqual([{ available: 10 + delta, reserved: 0 }]);
  });

  it('refuse the second of two under one key', async () => {
    const given = { idempotencyKey: 'k' };
    const replies = await together(theMug, adjust(given), adjust({ ...given, delta: 1 }));
    expect(codesOf(replies)).toEqual(['IDEMPOTENCY_KEY_REUSED', 'ok']);
    expect(await one.count('stock_movements')).toBe(2);
  });

  it.each([
    ['write off what is brought in while it looks why it cannot', 10, { delta: -12 }, { delta: 5 }, 3],
    ['bring in what there is room for since it looked', MAX_STOCK, { delta: 5 }, { delta: -5 }, MAX_STOCK],
  ])('%s', async (_name, stock, wanted, meanwhile, left) => {
    await one.create(aProduct({ sku: 'LAMP', stock }));
    const others = adjust({ productId: 'LAMP', ...meanwhile });
    class AdjustedAfterTheTry extends SqlStockRepository {
      override async adjust(...given: Parameters<SqlStockRepository['adjust']>) {
        const adjusted = await super.adjust(...given);
        if (!adjusted) await others(two);
        return adjusted;
      }
    }
    const keyUses = new SqlOtherKeyUses('product_creations');
    const adjustStock = new AdjustStockUseCase(new AdjustedAfterTheTry(), new SqlAdjustmentRepository(), keyUses);
    const command = { caller: OPERATOR, productId: 'LAMP', reason: 'counted', ...wanted };
    const reply = await one.unitOfWork.run((tx) => adjustStock.execute(tx, command, anOrigin()));
    expect(reply).toMatchObject({ ok: true, value: { adjustment: wanted } });
    expect(await one.rows("SELECT available FROM products WHERE sku = 'LAMP'")).toEqual([{ available: left }]);
  });

  it('never write off more than there is', async () => {
    expect(codesOf(await together(theMug, adjust({ delta: -6 })))).toEqual(['STOCK_NOT_ADJUSTABLE', 'ok']);
    expect(await counters()).toEqual([{ available: 4, reserved: 0 }]);
  });
});

describe('two instances at once, with a new product', () => {
  const create =
    (given: Partial<CreateProduct> = {}, messageId?: string) =>
    (instance: ProductsDatabase) =>
      instance.createFor({ caller: OPERATOR, ...aProduct({ sku: 'CUP' }), ...given }, messageId);
  const theSku = (tx: Transaction) =>
    tx.run(`INSERT INTO products (id, sku, name, price_amount, price_currency, available, request_id, version,
            created_at, updated_at) VALUES ('x', 'CUP', '', 0, 'EUR', 0, 'r', 1, 0, 0)`);
  const theKey = (tx: Transaction) => tx.run("INSERT INTO product_creations VALUES ('ops', 'k', 'r', 'f', '{}', 0)");

  it('make one of the sku, and refuse the other', async () => {
    expect(codesOf(await together(theSku, create()))).toEqual(['SKU_TAKEN', 'ok']);
    expect(await one.count('products')).toBe(2);
  });

  it('make one under one key, and answer both with it', async () => {
    const replies = await together(theSku, create({ idempotencyKey: 'k' }));
    expect(replayedOf(replies)).toEqual([false, true]);
    expect(new Set(replies.map((reply) => reply.ok && reply.value.product.id)).size).toBe(1);
  });

  it('make one of the message that is delivered twice', async () => {
    for (const given of [{}, { idempotencyKey: 'k' }]) {
      const [first, second] = await together(theSku, create(given, newId()));
      expect(second).toEqual(first);
      await ProductsDatabase.open('postgres');
    }
  });

  it('refuse the other one under the same key, and leave nothing of it', async () => {
    const given = { idempotencyKey: 'k' };
    const replies = await together(theKey, create(given), create({ ...given, sku: 'BOWL' }));
    expect(codesOf(replies)).toEqual(['IDEMPOTENCY_KEY_REUSED', 'ok']);
    expect(await one.count('products')).toBe(2);
    expect(await one.count('stock_movements')).toBe(2);
  });

  it('import a line once', async () => {
    const replies = await together(theSku, (instance) => instance.import(aProduct({ sku: 'CUP' })));
    expect(replies.map((reply) => reply.ok && reply.value.outcome).sort()).toEqual(['created', 'existing']);
  });
});

describe('two instances at once, with a change of a product', () => {
  const change = (name: string, ifVersion?: number, messageId?: string) => (instance: ProductsDatabase) => {
    const command = { caller: OPERATOR, productId: 'MUG', changes: { name } };
    return instance.change(ifVersion === undefined ? command : { ...command, ifVersion }, messageId);
  };

  it('let one through of two who have seen the same state', async () => {
    expect(codesOf(await together(theMug, change('A cup', 1), change('A bowl', 1)))).toEqual([
      'VERSION_MISMATCH',
      'ok',
    ]);
  });

  it('lose none of two that were asked for in any state', async () => {
    await together(theMug, change('A cup'), change('A bowl'));
    expect(await one.rows('SELECT version, catalogue_version AS changes FROM products')).toEqual([
      { version: 3, changes: 3 },
    ]);
  });

  it('give the one that is delivered twice one answer', async () => {
    const [first, second] = await together(theMug, change('A cup', 1, newId()));
    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual(first);
  });

  it('lose no unit that is sold meanwhile, and say once that it is low', async () => {
    const order = anOrderOf(4);
    const raise = { caller: OPERATOR, productId: 'MUG', changes: { lowStockThreshold: 8 } };
    await together<unknown>(
      theMug,
      (instance) => instance.reserve(order),
      (instance) => instance.change(raise),
    );
    expect(await one.rows('SELECT available, reserved, version FROM products')).toEqual([
      { available: 6, reserved: 4, version: 3 },
    ]);
    expect(await one.count('events', "type = 'product.stockLow'")).toBe(1);
  });
});
