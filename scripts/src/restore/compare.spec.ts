import { comparisonText, disagreements } from './compare.js';

describe('orders and their stock', () => {
  it('agree where what is confirmed, and nothing else, holds stock', () => {
    const orders = new Map([
      ['a', 'CONFIRMED'],
      ['b', 'REJECTED'],
      ['c', 'CANCELLED'],
      ['d', 'CANCELLED'],
    ]);
    const reservations = new Map([
      ['a', 'RESERVED'],
      ['b', 'REFUSED'],
      ['c', 'RELEASED'],
    ]);
    expect(disagreements(orders, reservations)).toEqual([]);
    expect(comparisonText(orders, [])).toBe('4 orders, 0 do not agree with their stock');
  });

  it.each([
    ['RESERVED', undefined],
    ['RESERVED', 'PENDING'],
    ['RESERVED', 'REJECTED'],
    ['RESERVED', 'CANCELLED'],
    [undefined, 'CONFIRMED'],
    ['REFUSED', 'CONFIRMED'],
    ['RELEASED', 'CONFIRMED'],
  ])('do not agree where the stock is %s and the order %s', (stock, order) => {
    const statuses = (status: string | undefined) => new Map(status === undefined ? [] : [['a', status]]);
    const found = disagreements(statuses(order), statuses(stock));
    expect(found).toEqual([{ orderId: 'a', stock, order }]);
    expect(comparisonText(statuses(order), found)).toContain(
      `a  stock ${stock ?? 'unknown'}, order ${order ?? 'unknown'}`,
    );
  });
});
