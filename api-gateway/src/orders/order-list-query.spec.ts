import { ProblemError } from '../http/problem.js';
import { orderListQueryOf } from './order-list-query.js';

function placesOf(query: object): string[] {
  try {
    orderListQueryOf(query);
  } catch (error) {
    if (error instanceof ProblemError) return (error.extras.faults ?? []).map(({ query: name }) => String(name));
    throw error;
  }
  throw new Error('it was taken');
}

describe('orderListQueryOf', () => {
  it.each([
    [{}, { limit: 50 }],
    [
      { limit: '100', cursor: 'abc' },
      { limit: 100, cursor: 'abc' },
    ],
    [{ status: 'CONFIRMED' }, { status: 'CONFIRMED', limit: 50 }],
    [{ productId: 'mug' }, { productId: 'mug', limit: 50 }],
    [{ reference: 'PO 7 ü' }, { reference: 'PO 7 ü', limit: 50 }],
    [{ clientId: 'shop' }, { clientId: 'shop', limit: 50 }],
    [
      { from: '2026-01-05T00:00:00Z', to: '2026-01-05T00:00:00.000Z' },
      { from: '2026-01-05T00:00:00Z', to: '2026-01-05T00:00:00.000Z', limit: 50 },
    ],
  ])('reads %j', (query, read) => expect(orderListQueryOf(query)).toEqual(read));

  it.each([
    [{ limit: '0' }, 'limit'],
    [{ limit: '101' }, 'limit'],
    [{ limit: '1e1' }, 'limit'],
    [{ limit: ['1', '2'] }, 'limit'],
    [{ cursor: '' }, 'cursor'],
    [{ cursor: 'x'.repeat(201) }, 'cursor'],
    [{ status: 'confirmed' }, 'status'],
    [{ status: ['PENDING', 'CONFIRMED'] }, 'status'],
    [{ status: '__proto__' }, 'status'],
    [{ productId: 'a b' }, 'productId'],
    [{ productId: "' OR 1=1 --" }, 'productId'],
    [{ reference: '' }, 'reference'],
    [{ reference: 'a\nb' }, 'reference'],
    [{ clientId: 'a b' }, 'clientId'],
    [{ from: '2026-01-05' }, 'from'],
    [{ to: '2026-01-05T00:00:00+01:00' }, 'to'],
    [{ from: '2026-01-06T00:00:00Z', to: '2026-01-05T00:00:00Z' }, 'to'],
    [{ page: '2' }, 'page'],
    [{ productNames: 'mug' }, 'productNames'],
  ])('refuses %j', (query, name) => expect(placesOf(query)).toEqual([name]));
});
