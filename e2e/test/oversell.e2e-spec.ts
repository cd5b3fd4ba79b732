import { type OrderView } from '@holdfast/contracts';
import { type Answer, type OrderRequest } from '../src/api-client.js';
import { Books } from '../src/books.js';
import { stock } from '../src/catalogue.js';
import { settled } from '../src/settled.js';
import { type Stand, startStand } from '../src/stand.js';
import { checkStock } from '../src/stock-check.js';

const BUYERS = 200;

let stand: Stand;

beforeAll(async () => {
  stand = await startStand();
});
afterAll(() => stand?.close());

const aScarce = (sku: string, units: number) => ({
  ...{ sku, name: `Scarce ${sku}`, price: { amount: 1_000, currency: 'EUR' } },
  stock: units,
});

/** Everybody orders at the same moment and waits for the outcome. */
function allAtOnce(orderOf: (buyer: number) => OrderRequest): Promise<Answer<OrderView>[]> {
  const shop = stand.system.shop();
  return Promise.all(
    Array.from({ length: BUYERS }, (_, buyer) => shop.placeOrder(orderOf(buyer), { prefer: 'wait=30' })),
  );
}

const thatAre = (answers: Answer<OrderView>[], status: string) =>
  answers.filter(({ body }) => body.status === status).length;

async function countersOf(sku: string) {
  const product = new Books(stand.system.dataDir).products().find((row) => row.sku === sku);
  return { available: product?.available, reserved: product?.reserved, sold: product?.sold };
}

/**
 * That the same rules catch a system that reads stock first and writes it later is shown in
 * products-service/test/oversell.integration-spec.ts.
 */
describe(`${BUYERS} buyers at once`, () => {
  afterEach(async () => {
    await settled(stand);
    expect(await checkStock(stand.system.dataDir)).toMatchObject({ exitCode: 0 });
  });

  it('for 100 units leave exactly 100 orders CONFIRMED, the others REJECTED, and nothing available', async () => {
    await stock(stand.system, aScarce('HUNDRED', 100));
    const answers = await allAtOnce(() => ({ productId: 'HUNDRED', quantity: 1 }));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(BUYERS);
    expect(thatAre(answers, 'CONFIRMED')).toBe(100);
    expect(thatAre(answers, 'REJECTED')).toBe(100);
    const reasons = answers.flatMap(({ body }) => (body.status === 'REJECTED' ? [body.rejectionReason] : []));
    expect(new Set(reasons)).toEqual(new Set(['OUT_OF_STOCK']));
    expect(await countersOf('HUNDRED')).toEqual({ available: 0, reserved: 100, sold: 0 });
    expect((await stand.system.shop().product('HUNDRED')).body.stock).toEqual({
      onHand: 100,
      reserved: 100,
      available: 0,
    });
  });

  it('for three units each take as many lots as fit and leave the rest', async () => {
    await stock(stand.system, aScarce('LOTS', 100));
    const answers = await allAtOnce(() => ({ productId: 'LOTS', quantity: 3 }));
    expect([thatAre(answers, 'CONFIRMED'), thatAre(answers, 'REJECTED')]).toEqual([33, BUYERS - 33]);
    expect(await countersOf('LOTS')).toEqual({ available: 1, reserved: 99, sold: 0 });
  });

  it('for two products, in one order and in the other, take both or none', async () => {
    await stock(stand.system, aScarce('LEFT', 80), aScarce('RIGHT', 60));
    const line = (productId: string) => ({ productId, quantity: 1 });
    const answers = await allAtOnce((buyer) => ({
      items: buyer % 2 === 0 ? [line('LEFT'), line('RIGHT')] : [line('RIGHT'), line('LEFT')],
    }));
    expect([thatAre(answers, 'CONFIRMED'), thatAre(answers, 'REJECTED')]).toEqual([60, BUYERS - 60]);
    expect(await countersOf('LEFT')).toEqual({ available: 20, reserved: 60, sold: 0 });
    expect(await countersOf('RIGHT')).toEqual({ available: 0, reserved: 60, sold: 0 });
  });
});
