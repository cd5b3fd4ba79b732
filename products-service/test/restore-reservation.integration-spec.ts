import { newId, type StockReleased, type StockReserved } from '@holdfast/contracts';
import { aReserveStock, dialects } from '@holdfast/testing';
import { ReleaseStock } from '../src/app/release-stock.js';
import { RestoreReservation, type ToldOutcome } from '../src/app/restore-reservation.js';
import { runRestoration } from '../src/inbound/restore-reservations.command.js';
import { SqlReservationRepository } from '../src/outbound/sql-reservation.repository.js';
import { SqlStockRepository } from '../src/outbound/sql-stock.repository.js';
import { aProduct, ProductsDatabase } from './products-database.js';

const MUG_COST = { amount: 990, currency: 'EUR' };

describe.each(dialects)('what orders were told, restored on %s', (dialect) => {
  let database: ProductsDatabase;
  let restoration: RestoreReservation;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
    await database.create(aProduct({ sku: 'MUG', stock: 10 }));
    const stock = new SqlStockRepository();
    const reservations = new SqlReservationRepository();
    restoration = new RestoreReservation(stock, reservations, new ReleaseStock(stock, reservations));
  });
  afterEach(async () => {
    expect(await database.differences()).toEqual([]);
    await database.close();
  });

  const about = () => ({ orderId: newId(), clientId: 'shop', idempotencyKey: 'shop:1' });

  /** Lines as the order has them: with the id that the product had, and the price of then. */
  const held = (quantities: number[], sku = 'MUG', productId = newId()): StockReserved & { reserved: true } => ({
    ...about(),
    reserved: true,
    items: quantities.map((quantity) => ({ productId, quantity, sku, name: 'A mug', unitPrice: MUG_COST })),
    total: { amount: 990 * quantities.reduce((sum, quantity) => sum + quantity, 0), currency: 'EUR' },
  });

  const restore = (outcome: ToldOutcome) =>
    database.unitOfWork.run((tx) => restoration.execute(tx, outcome), 'reservation.restore');
  const hold = (data: StockReserved) => restore({ type: 'product.stockReserved', data });
  const release = (data: StockReleased) => restore({ type: 'product.stockReleased', data });
  const released = (order: { orderId: string; clientId: string; idempotencyKey: string }): StockReleased => ({
    ...{ orderId: order.orderId, clientId: order.clientId, idempotencyKey: order.idempotencyKey },
    ...{ items: [], releasedAt: '2026-01-05T09:30:00.000Z' },
  });

  const counters = async () => (await database.rows('SELECT available, reserved FROM products'))[0];
  const statusOf = async (orderId: string) =>
    (await database.rows<{ status: string }>('SELECT status FROM reservations WHERE order_id = ?', [orderId]))[0]
      ?.status;

  it('holds what was confirmed, under the sku it was sold by, and tells it as it was', async () => {
    const outcome = held([3, 4]);
    expect(await hold(outcome)).toBeUndefined();
    expect(await counters()).toEqual({ available: 3, reserved: 7 });
    expect(await database.told(`reservation/${outcome.orderId}`)).toEqual([
      { type: 'product.stockReserved', data: outcome },
    ]);
  });

  it('does so once', async () => {
    const outcome = held([3]);
    await hold(outcome);
    expect(await hold(outcome)).toBeUndefined();
    expect(await counters()).toEqual({ available: 7, reserved: 3 });
    expect(await database.told(`reservation/${outcome.orderId}`)).toHaveLength(1);
  });

  it('answers the order when it asks again', async () => {
    const outcome = held([3]);
    await hold(outcome);
    const { orderId, clientId, idempotencyKey } = outcome;
    await database.reserve(
      aReserveStock({ orderId, clientId, idempotencyKey, items: [{ productId: 'MUG', quantity: 3 }] }),
    );
    expect(await counters()).toEqual({ available: 7, reserved: 3 });
    expect(await database.count('republications')).toBe(1);
  });

  it('says what is short, and holds nothing of it', async () => {
    expect(await hold(held([6, 5]))).toBe('There is not enough of MUG (11 wanted, 10 available).');
    expect(await hold(held([1], 'JUG'))).toBe('Not in the catalogue: JUG.');
    expect(await counters()).toEqual({ available: 10, reserved: 0 });
    expect([await database.count('reservations'), await database.count('events')]).toEqual([0, 0]);
  });

  it('remembers what was refused', async () => {
    const outcome = { ...about(), reserved: false as const, reason: 'OUT_OF_STOCK' as const, detail: 'None left.' };
    await hold(outcome);
    expect(await statusOf(outcome.orderId)).toBe('REFUSED');
    expect(await database.outcomesOf(outcome.orderId)).toEqual([outcome]);
  });

  it('gives back what the backup holds for an order that was cancelled', async () => {
    const outcome = held([3]);
    await hold(outcome);
    await release(released(outcome));
    await release(released(outcome));
    expect(await counters()).toEqual({ available: 10, reserved: 0 });
    expect(await statusOf(outcome.orderId)).toBe('RELEASED');
    expect((await database.told(`reservation/${outcome.orderId}`)).map(({ type }) => type)).toEqual([
      'product.stockReserved',
      'product.stockReleased',
    ]);
  });

  it('never holds anything for an order that was made and cancelled since the backup', async () => {
    const order = held([3]);
    await release(released(order));
    await hold(order);
    expect(await counters()).toEqual({ available: 10, reserved: 0 });
    expect(await statusOf(order.orderId)).toBe('RELEASED');
  });

  describe('by the command', () => {
    async function* lines(...events: object[]) {
      for (const event of events) yield JSON.stringify(event);
    }

    it('comes in the order of the lines, and what cannot be held is named', async () => {
      const [first, second] = [held([10]), held([10])];
      const result = await runRestoration(
        lines(
          { pattern: 'product.stockReserved', data: first },
          { pattern: 'product.stockReleased', data: released(first) },
          { pattern: 'product.stockReserved', data: second },
          { pattern: 'product.stockReserved', data: { ...held([1]), orderId: first.orderId } },
          { pattern: 'product.stockReserved', data: { ...held([2]), orderId: '019abf2a-11d0-7b5e-9f43-0c6a7d2e8b15' } },
        ),
        restore,
      );
      expect(result).toEqual({
        exitCode: 1,
        text: '019abf2a-11d0-7b5e-9f43-0c6a7d2e8b15: There is not enough of MUG (2 wanted, 0 available).\n4 restored, 1 cannot be held',
      });
    });

    it.each([
      [{ pattern: 'order.created', data: {} }],
      [{ pattern: 'product.stockReserved', data: { reserved: true } }],
    ])('refuses %j', async (event) => {
      await expect(runRestoration(lines(event), restore)).rejects.toThrow();
    });
  });
});
