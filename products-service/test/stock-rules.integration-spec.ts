import { type CreateProduct, newId, type OrderLine } from '@holdfast/contracts';
import { aReserveStock } from '@holdfast/testing';
import fc from 'fast-check';
import { CheckStock } from '../src/app/check-stock.js';
import { SqlStockLedgerReader } from '../src/outbound/sql-stock-ledger.reader.js';
import { aProduct, ProductsDatabase } from './products-database.js';
import { type ModelledLine, StockModel } from './stock.model.js';

jest.setTimeout(120_000);

type Message =
  | { kind: 'create'; sku: string; currency: string; amount: number; stock: number }
  | { kind: 'reserve'; order: number; lines: (ModelledLine & { byId: boolean })[] };

// Few products, little stock and few orders, so that sequences meet each other: shortages, repeats, taken skus.
const sku = fc.constantFrom('A', 'B', 'C', 'D');
const create: fc.Arbitrary<Message> = fc.record({
  kind: fc.constant('create' as const),
  sku,
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
  amount: fc.nat({ max: 1_000 }),
  stock: fc.nat({ max: 9 }),
});
const reserve: fc.Arbitrary<Message> = fc.record({
  kind: fc.constant('reserve' as const),
  order: fc.nat({ max: 9 }),
  lines: fc.array(fc.record({ sku, quantity: fc.integer({ min: 1, max: 4 }), byId: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  }),
});

// Messages are delivered by their index: some never, some several times, in groups that arrive together.
const traffic = fc.record({
  messages: fc.array(fc.oneof({ weight: 2, arbitrary: create }, { weight: 3, arbitrary: reserve }), { minLength: 5 }),
  deliveries: fc.array(fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
});

/** One database and the model of it, given the same messages. */
class Run {
  readonly model = new StockModel();
  readonly orderIds = Array.from({ length: 10 }, () => newId());
  private readonly messageIds = new Map<number, string>();
  private readonly productIds = new Map<string, string>();
  private readonly ongoingCheck: CheckStock;

  constructor(private readonly database: ProductsDatabase) {
    this.ongoingCheck = new CheckStock(new SqlStockLedgerReader(database.reads));
  }

  async deliver(index: number, message: Message): Promise<void> {
    if (message.kind === 'create') await this.create(index, message);
    else await this.reserve(message);
  }

  private async create(index: number, { sku, currency, amount, stock }: Message & { kind: 'create' }): Promise<void> {
    const command: CreateProduct = aProduct({ sku, price: { amount, currency }, stock });
    const isItsOwn = this.model.create(index, sku, command.price, stock);
    const messageId = this.messageIds.get(index) ?? newId();
    this.messageIds.set(index, messageId);
    const reply = await this.database.create(command, messageId);
    expect(reply).toMatchObject(isItsOwn ? { ok: true, value: { sku } } : { ok: false, error: { code: 'SKU_TAKEN' } });
    if (!reply.ok) return;
    expect(this.productIds.get(sku) ?? reply.value.id).toBe(reply.value.id);
    this.productIds.set(sku, reply.value.id);
  }

  private async reserve({ order, lines }: Message & { kind: 'reserve' }): Promise<void> {
    const orderId = this.orderIds[order] ?? '';
    const items: OrderLine[] = lines.map(({ sku, byId, quantity }) => ({
      productId: byId ? (this.productIds.get(sku) ?? sku) : sku,
      quantity,
    }));
    this.model.reserve(orderId, lines);
    await this.database.reserve(aReserveStock({ orderId, items }));
  }

  async verify(): Promise<void> {
    await this.countersAreThoseOfTheModel();
    await this.outcomesAreThoseOfTheModel();
    await this.movementsAreAllOrNothing();
    const { movements, ...check } = await this.ongoingCheck.execute();
    expect(check).toEqual({ products: this.model.products.size, differences: [] });
    expect(movements).toBe(await this.database.count('stock_movements'));
    expect(await this.database.count('republications')).toBe(this.model.repeats);
  }

  private async countersAreThoseOfTheModel(): Promise<void> {
    const counters = await this.database.rows<{ sku: string; available: number; reserved: number; sold: number }>(
      'SELECT sku, available, reserved, sold FROM products ORDER BY sku',
    );
    const expected = [...this.model.products].map(([sku, { stock, available }]) => ({
      ...{ sku, available, reserved: stock - available },
      sold: 0,
    }));
    expect(counters).toEqual(expected.sort((a, b) => (a.sku < b.sku ? -1 : 1)));
    expect(Math.min(0, ...counters.flatMap(({ available, reserved }) => [available, reserved]))).toBe(0);
  }

  private async outcomesAreThoseOfTheModel(): Promise<void> {
    for (const [orderId, outcome] of this.model.outcomes) {
      expect(await this.database.outcomesOf(orderId)).toEqual([expect.objectContaining(outcome)]);
    }
    expect(await this.database.count('reservations')).toBe(this.model.outcomes.size);
  }

  /** What an order holds is what it was told, line by line, and a refused order holds nothing. */
  private async movementsAreAllOrNothing(): Promise<void> {
    for (const orderId of this.model.outcomes.keys()) {
      const [told] = await this.database.outcomesOf(orderId);
      const [held] = await this.database.rows<{ units: number | null }>(
        'SELECT sum(reserved_delta) AS units FROM stock_movements WHERE order_id = ?',
        [orderId],
      );
      const units = told?.reserved ? told.items.reduce((sum, { quantity }) => sum + quantity, 0) : 0;
      expect(held?.units ?? 0).toBe(units);
    }
  }
}

describe('whatever is created and ordered, in whatever order and however often', () => {
  it('stock obeys its rules', async () => {
    await fc.assert(
      fc.asyncProperty(traffic, async ({ messages, deliveries }) => {
        const database = await ProductsDatabase.open();
        try {
          const run = new Run(database);
          for (const group of deliveries) {
            const arrived = group.map((index) => index % messages.length);
            await Promise.all(arrived.map((index) => run.deliver(index, messages[index] as Message)));
            await run.verify();
          }
        } finally {
          await database.close();
        }
      }),
      { numRuns: 150 },
    );
  });
});
