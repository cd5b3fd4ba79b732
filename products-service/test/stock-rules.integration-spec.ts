import { newId, type OrderLine, type ProductDescription } from '@holdfast/contracts';
import { aReserveStock, dialects } from '@holdfast/testing';
import fc from 'fast-check';
import { CheckStock } from '../src/app/check-stock.js';
import { SqlStockLedgerReader } from '../src/outbound/sql-stock-ledger.reader.js';
import { aProduct, OPERATOR, ProductsDatabase } from './products-database.js';
import { type ModelledLine, StockModel } from './stock.model.js';

type Message =
  | { kind: 'create'; sku: string; currency: string; amount: number; stock: number; lowStockThreshold: number }
  | { kind: 'reserve'; order: number; lines: (ModelledLine & { byId: boolean })[] }
  | { kind: 'release'; order: number }
  | { kind: 'adjust'; sku: string; delta: number }
  | { kind: 'change'; sku: string; lowStockThreshold: number | null };

// Few products, little stock and few orders, so that sequences meet each other: shortages, repeats, taken skus.
const sku = fc.constantFrom('A', 'B', 'C', 'D');
const create: fc.Arbitrary<Message> = fc.record({
  kind: fc.constant('create' as const),
  sku,
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
  amount: fc.nat({ max: 1_000 }),
  stock: fc.nat({ max: 9 }),
  lowStockThreshold: fc.nat({ max: 5 }),
});
const release: fc.Arbitrary<Message> = fc.record({ kind: fc.constant('release' as const), order: fc.nat({ max: 9 }) });
const adjust: fc.Arbitrary<Message> = fc.record({
  kind: fc.constant('adjust' as const),
  sku,
  delta: fc.integer({ min: -6, max: 6 }).filter((delta) => delta !== 0),
});
const change: fc.Arbitrary<Message> = fc.record({
  kind: fc.constant('change' as const),
  sku,
  lowStockThreshold: fc.option(fc.nat({ max: 9 }), { nil: null }),
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
  messages: fc.array(
    fc.oneof(
      { weight: 2, arbitrary: create },
      { weight: 3, arbitrary: reserve },
      { weight: 2, arbitrary: release },
      { weight: 1, arbitrary: adjust },
      { weight: 1, arbitrary: change },
    ),
    { minLength: 5 },
  ),
  deliveries: fc.array(fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
});

/** One database and the model of it, given the same messages. */
class Run {
  readonly model = new StockModel();
  readonly orderIds = Array.from({ length: 10 }, () => newId());
  private readonly messageIds = new Map<number, string>();
  /** Why an adjustment or a change was refused, or undefined where it was made, by its message. */
  private readonly answers = new Map<number, string | undefined>();
  private readonly productIds = new Map<string, string>();
  private readonly ongoingCheck: CheckStock;

  constructor(private readonly database: ProductsDatabase) {
    this.ongoingCheck = new CheckStock(new SqlStockLedgerReader(database.database));
  }

  async deliver(index: number, message: Message): Promise<void> {
    switch (message.kind) {
      case 'create':
        return this.create(index, message);
      case 'reserve':
        return this.reserve(message);
      case 'release':
        return this.release(message);
      case 'adjust':
        return this.adjust(index, message);
      case 'change':
        return this.change(index, message);
    }
  }

  private async create(
    index: number,
    { sku, currency, amount, stock, lowStockThreshold }: Message & { kind: 'create' },
  ): Promise<void> {
    const command: ProductDescription = aProduct({ sku, price: { amount, currency }, stock, lowStockThreshold });
    const isItsOwn = this.model.create(index, sku, { price: command.price, stock, lowStockThreshold });
    const reply = await this.database.create(command, this.messageIdOf(index));
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

  private async release({ order }: Message & { kind: 'release' }): Promise<void> {
    const orderId = this.orderIds[order] ?? '';
    this.model.release(orderId);
    await this.database.release({ orderId, clientId: 'shop', idempotencyKey: orderId });
  }

  /** A message that is delivered again gets its first answer, whatever has become possible since. */
  private async adjust(index: number, { sku, delta }: Message & { kind: 'adjust' }): Promise<void> {
    if (!this.answers.has(index)) this.answers.set(index, this.model.adjust(sku, delta));
    const refusal = this.answers.get(index);
    const command = {
      caller: { role: 'operator' as const, clientId: 'ops' },
      productId: sku,
      delta,
      reason: 'counted',
    };
    const reply = await this.database.adjust(command, this.messageIdOf(index));
    expect(reply).toMatchObject(refusal === undefined ? { ok: true } : { ok: false, error: { code: refusal } });
  }

  private async change(index: number, { sku, lowStockThreshold }: Message & { kind: 'change' }): Promise<void> {
    if (!this.answers.has(index)) this.answers.set(index, this.model.change(sku, lowStockThreshold));
    const refusal = this.answers.get(index);
    const command = { caller: OPERATOR, productId: sku, changes: { lowStockThreshold } };
    const reply = await this.database.change(command, this.messageIdOf(index));
    expect(reply).toMatchObject(refusal === undefined ? { ok: true } : { ok: false, error: { code: refusal } });
  }

  private messageIdOf(index: number): string {
    const messageId = this.messageIds.get(index) ?? newId();
    this.messageIds.set(index, messageId);
    return messageId;
  }

  async verify(): Promise<void> {
    await this.countersAreThoseOfTheModel();
    await this.outcomesAreThoseOfTheModel();
    await this.movementsAreAllOrNothing();
    await this.lowsAreThoseOfTheModel();
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
    for (const [orderId, { outcome, released }] of this.model.reservations) {
      expect(await this.database.outcomesOf(orderId)).toEqual([expect.objectContaining(outcome)]);
      const events = await this.database.told(`reservation/${orderId}`);
      expect(events.map(({ type }) => type)).toEqual([
        'product.stockReserved',
        ...(released ? ['product.stockReleased'] : []),
      ]);
    }
    expect(await this.database.count('reservations')).toBe(this.model.reservations.size);
  }

  private async lowsAreThoseOfTheModel(): Promise<void> {
    const lows = await this.database.rows<{ payload: string }>(
      "SELECT payload FROM events WHERE type = 'product.stockLow'",
    );
    const skus = lows.map(({ payload }) => (JSON.parse(payload) as { sku: string }).sku);
    expect(skus.sort()).toEqual([...this.model.lows].sort());
  }

  /** What an order holds is what it was told, line by line; one that was refused or released holds nothing. */
  private async movementsAreAllOrNothing(): Promise<void> {
    for (const [orderId, { released }] of this.model.reservations) {
      const [told] = await this.database.outcomesOf(orderId);
      const [held] = await this.database.rows<{ units: number | null }>(
        'SELECT sum(reserved_delta) AS units FROM stock_movements WHERE order_id = ?',
        [orderId],
      );
      const units = told?.reserved && !released ? told.items.reduce((sum, { quantity }) => sum + quantity, 0) : 0;
      expect(held?.units ?? 0).toBe(units);
    }
  }
}

/** In the order of the model: SQLite's one writer takes what arrives together one after the other by itself. */
const delivered = {
  sqlite: async (arrived: (() => Promise<void>)[]) => {
    await Promise.all(arrived.map((deliver) => deliver()));
  },
  postgres: async (arrived: (() => Promise<void>)[]) => {
    for (const deliver of arrived) await deliver();
  },
};

// Of PostgreSQL's runs each makes a database; what is specific to it, races, has tests of its own.
const RUNS = { sqlite: 150, postgres: 20 };

describe.each(dialects)(
  'on %s, whatever is created, ordered, given back, adjusted and changed, in whatever order and however often',
  (dialect) => {
    it('stock obeys its rules', async () => {
      await fc.assert(
        fc.asyncProperty(traffic, async ({ messages, deliveries }) => {
          const database = await ProductsDatabase.open(dialect);
          try {
            const run = new Run(database);
            for (const group of deliveries) {
              const arrived = group.map((index) => index % messages.length);
              await delivered[dialect](arrived.map((index) => () => run.deliver(index, messages[index] as Message)));
              await run.verify();
            }
          } finally {
            await database.close();
          }
        }),
        { numRuns: RUNS[dialect] },
      );
    });
  },
);
