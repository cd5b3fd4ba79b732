import { type Demand } from './demand.js';
import { outOfStock } from './reservation-refusal.js';

const wanted = (sku: string, quantity: number, available: number): Demand => ({
  offer: { id: sku, sku, name: sku, price: { amount: 1, currency: 'EUR' }, available },
  quantity,
});

describe('too little stock', () => {
  it('is told with what was wanted and what is there', () => {
    expect(outOfStock([wanted('mug', 5, 3)])).toEqual({
      reserved: false,
      reason: 'OUT_OF_STOCK',
      detail: 'There is not enough of mug (5 wanted, 3 available).',
    });
  });

  it('names only the products that are short', () => {
    const { detail } = outOfStock([wanted('mug', 5, 5), wanted('cup', 2, 0), wanted('jug', 1, 9)]);
    expect(detail).toBe('There is not enough of cup (2 wanted, 0 available).');
  });
});
