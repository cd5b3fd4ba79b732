import {
  type Caller,
  newId,
  type ReserveStock as ReserveStockCommand,
  type TimelineEntry,
  timelinePartSchema,
} from '@holdfast/contracts';
import { aReserveStock, dialects } from '@holdfast/testing';
import { ReserveStock } from '../src/app/reserve-stock.js';
import { ShowReservationTimeline } from '../src/app/show-reservation-timeline.js';
import { SqlReservationHistory } from '../src/outbound/sql-reservation.history.js';
import { SqlReservationRepository } from '../src/outbound/sql-reservation.repository.js';
import { SqlStockRepository } from '../src/outbound/sql-stock.repository.js';
import { anOrigin, aProduct, ProductsDatabase } from './products-database.js';

const shop: Caller = { role: 'client', clientId: 'shop' };
const other: Caller = { role: 'client', clientId: 'other' };
const operator: Caller = { role: 'operator', clientId: 'ops' };

describe.each(dialects)('the history of reservations on %s', (dialect) => {
  let database: ProductsDatabase;
  let showTimeline: ShowReservationTimeline;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
    showTimeline = new ShowReservationTimeline(new SqlReservationHistory(database.database.queries));
    for (const sku of ['MUG', 'CUP', 'LAMP']) await database.create(aProduct({ sku, stock: 10 }));
  });
  afterEach(() => database.close());

  async function timeline(orderId: string, caller = shop): Promise<TimelineEntry[]> {
    const reply = await showTimeline.execute({ caller, orderId });
    if (!reply.ok) throw new Error(reply.error.code);
    return timelinePartSchema.parse(reply.value).entries;
  }

  /** As the command of an order, whose id is its correlation id. */
  const reserveCorrelated = (order: ReserveStockCommand): Promise<void> => {
    const reserveStock = new ReserveStock(new SqlStockRepository(), new SqlReservationRepository());
    const origin = { ...anOrigin(), correlationId: order.orderId };
    return database.database.unitOfWork.run((tx) => reserveStock.execute(tx, order, origin));
  };

  const ofAllProducts = () =>
    aReserveStock({
      items: [
        { productId: 'MUG', quantity: 2 },
        { productId: 'LAMP', quantity: 3 },
        { productId: 'CUP', quantity: 1 },
        { productId: 'MUG', quantity: 4 },
      ],
    });

  /** The ledger's own rows of an order, in its order, as the timeline tells of movements. */
  const ledgerOf = (orderId: string) =>
    database.rows(
      `SELECT kind AS type, product_id AS "productId", available_delta AS available, reserved_delta AS reserved
     FROM stock_movements WHERE order_id = ? ORDER BY position`,
      [orderId],
    );

  const movementsIn = (entries: readonly TimelineEntry[]) =>
    entries
      .filter(({ kind }) => kind === 'stock-movement')
      .map(({ type, data: { productId, available, reserved } }) => ({ type, productId, available, reserved }));

  describe('the timeline of a reservation', () => {
    it('has the movements that the ledger has, and the events that came with them', async () => {
      const order = ofAllProducts();
      await database.reserve(order);
      await database.release(order);
      const entries = await timeline(order.orderId);
      expect(movementsIn(entries)).toEqual(await ledgerOf(order.orderId));
      expect(movementsIn(entries)).toHaveLength(6);
      expect(entries.map(({ type }) => type)).toEqual([
        ...['reserve', 'reserve', 'reserve', 'product.stockReserved'],
        ...['release', 'release', 'release', 'product.stockReleased'],
      ]);
      const causes = new Set(entries.map(({ causedBy }) => causedBy));
      expect(causes.size).toBe(2);
    });

    it('has no movement where nothing was reserved, or nothing to give back', async () => {
      const refused = aReserveStock({ items: [{ productId: 'MUG', quantity: 11 }] });
      await database.reserve(refused);
      expect(await timeline(refused.orderId)).toMatchObject([
        { type: 'product.stockReserved', data: { reserved: false, reason: 'OUT_OF_STOCK' } },
      ]);
      const overtaken = aReserveStock();
      await database.release(overtaken);
      expect((await timeline(overtaken.orderId)).map(({ type }) => type)).toEqual([
        'product.stockReserved',
        'product.stockReleased',
      ]);
    });

    it('has what it made low, for operators, and not what another order made low', async () => {
      for (const sku of ['PEN', 'INK']) await database.create(aProduct({ sku, stock: 10, lowStockThreshold: 5 }));
      const emptying = (sku: string) => aReserveStock({ items: [{ productId: sku, quantity: 6 }] });
      const [order, others] = [emptying('PEN'), emptying('INK')];
      const both = { ...order, items: [...order.items, { productId: 'INK', quantity: 1 }] };
      await reserveCorrelated(others);
      await reserveCorrelated(both);
      const entries = await timeline(order.orderId, operator);
      expect(entries.map(({ type }) => type)).toEqual([
        ...['reserve', 'reserve', 'product.stockLow', 'product.stockReserved'],
      ]);
      expect(entries[2]).toMatchObject({ causedBy: entries[3]?.causedBy, data: { sku: 'PEN', available: 4 } });
      expect((await timeline(order.orderId)).map(({ type }) => type)).toEqual([
        ...['reserve', 'reserve', 'product.stockReserved'],
      ]);
    });

    it('is for the client of the order and for operators, and empty for everyone else', async () => {
      const order = ofAllProducts();
      await database.reserve(order);
      expect(await timeline(order.orderId, operator)).toEqual(await timeline(order.orderId));
      expect(await timeline(order.orderId, other)).toEqual([]);
      expect(await timeline(newId(), operator)).toEqual([]);
    });
  });
});
