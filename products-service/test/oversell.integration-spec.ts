import { aReserveStock, dialects } from '@holdfast/testing';
import { reserveNaively } from './naive-reservation.js';
import { aProduct, ProductsDatabase } from './products-database.js';

const STOCK = 100;
const BUYERS = 200;

describe.each(dialects)('a rush on %s', (dialect) => {
  let database: ProductsDatabase;

  beforeEach(async () => {
    database = await ProductsDatabase.open(dialect);
    await database.create(aProduct({ sku: 'MUG', stock: STOCK }));
  });
  afterEach(() => database.close());

  /** Lets everybody buy one unit at the same time, and says what is wrong afterwards. */
  async function brokenBy(buy: () => Promise<void>): Promise<string[]> {
    await Promise.all(Array.from({ length: BUYERS }, buy));
    const [mug] = await database.rows<{ available: number; reserved: number; sold: number }>(
      'SELECT available, reserved, sold FROM products',
    );
    const sales = await database.count('reservations', "status = 'RESERVED'");
    const differences = await database.differences();
    const rules = {
      'every unit is sold': sales >= STOCK,
      'no unit is sold twice': sales <= STOCK,
      'the counter of reserved units says what was sold': mug?.reserved === sales,
      'nothing is left': mug?.available === 0,
      'no unit appears or vanishes': mug && mug.available + mug.reserved + mug.sold === STOCK,
      'counters equal the ledger': differences.length === 0,
    };
    return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
  }

  describe(`${BUYERS} buyers at once for ${STOCK} units`, () => {
    it(`leave exactly ${STOCK} reservations and nothing available`, async () => {
      expect(
        await brokenBy(() => database.reserve(aReserveStock({ items: [{ productId: 'MUG', quantity: 1 }] }))),
      ).toEqual([]);
      expect(await database.count('reservations', "status = 'REFUSED'")).toBe(BUYERS - STOCK);
    });

    it('break these very rules where stock is read first and written later', async () => {
      expect(await brokenBy(() => reserveNaively(database, 'MUG'))).toEqual(
        expect.arrayContaining(['no unit is sold twice', 'counters equal the ledger']),
      );
    });
  });
});
