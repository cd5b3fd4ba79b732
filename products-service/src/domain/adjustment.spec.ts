import { type AdjustStock, MAX_STOCK, newId, stockAdjustmentViewSchema } from '@holdfast/contracts';
import { adjustmentOf, fingerprintOf, isAdjustable, refusedAdjustment } from './adjustment.js';

const command: AdjustStock = {
  caller: { role: 'operator', clientId: 'ops' },
  productId: 'mug',
  delta: -3,
  reason: 'broken',
};

it('an adjustment says what there is afterwards, as the contract has it', () => {
  const id = newId();
  const product = { id, sku: 'mug', name: 'Mug', available: 95, reserved: 2, lowStockThreshold: null };
  const view = adjustmentOf(command, product, Date.UTC(2026, 0, 1));
  expect(stockAdjustmentViewSchema.parse(view)).toEqual(view);
  expect(view).toMatchObject({
    productId: id,
    delta: -3,
    adjustedBy: 'ops',
    stock: { onHand: 97, reserved: 2, available: 95 },
    adjustedAt: '2026-01-01T00:00:00.000Z',
  });
});

describe('the fingerprint of a request', () => {
  it.each([
    ['another product', { productId: 'cup' }],
    ['another amount', { delta: 3 }],
    ['another reason', { reason: 'stolen' }],
  ])('changes with %s', (_name, other) => {
    expect(fingerprintOf({ ...command, ...other })).not.toBe(fingerprintOf(command));
  });

  it('does not change with the key, nor with how the id is written', () => {
    expect(fingerprintOf({ ...command, idempotencyKey: 'k1' })).toBe(fingerprintOf(command));
    const productId = newId();
    const upper = fingerprintOf({ ...command, productId: productId.toUpperCase() });
    expect(upper).toBe(fingerprintOf({ ...command, productId }));
  });
});

it('an adjustment leaves what orders hold, and not more than is counted', () => {
  const mug = { available: 2, reserved: 5 };
  expect([-2, -3].map((delta) => isAdjustable(mug, delta))).toEqual([true, false]);
  expect([MAX_STOCK - 7, MAX_STOCK - 6].map((delta) => isAdjustable(mug, delta))).toEqual([true, false]);
});

it('a refusal names the bound that was met', () => {
  const mug = { sku: 'mug', available: 2 };
  expect(refusedAdjustment(mug, -3)).toBe('2 of mug can be written off, not 3: what orders hold stays.');
  expect(refusedAdjustment(mug, 3)).toBe('mug would have more than 1000000000 units, the most that are counted.');
});
