import { newId } from '@holdfast/contracts';
import { ProblemError } from '../http/problem.js';
import { deliveriesQueryOf, deliveryIdOf } from './delivery-requests.js';

function faultsOf(query: unknown) {
  try {
    deliveriesQueryOf(query);
  } catch (error) {
    if (error instanceof ProblemError) return error.extras.faults ?? [];
    throw error;
  }
  throw new Error('it was taken');
}

describe('deliveriesQueryOf', () => {
  it.each([
    [{}, { limit: 50 }],
    [
      {
        status: 'dead',
        eventType: 'order.confirmed',
        from: '2026-01-31T09:00:00Z',
        to: '2026-01-31T09:00:00.000Z',
        limit: '7',
        cursor: 'abc',
      },
      {
        status: 'dead',
        eventType: 'order.confirmed',
        from: '2026-01-31T09:00:00Z',
        to: '2026-01-31T09:00:00.000Z',
        limit: 7,
        cursor: 'abc',
      },
    ],
    [{ from: '2026-01-31T09:00:00Z' }, { limit: 50, from: '2026-01-31T09:00:00Z' }],
  ])('reads %j', (query, read) => expect(deliveriesQueryOf(query)).toEqual(read));

  it.each([
    [{ status: 'sent' }, 'status'],
    [{ status: '' }, 'status'],
    [{ status: ['dead', 'failed'] }, 'status'],
    [{ eventType: 'order.*' }, 'eventType'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-01-31T09:00:00 01:00' }, 'from'],
    [{ to: '' }, 'to'],
    [{ from: '2026-01-31T09:00:00Z', to: '2026-01-31T08:59:59Z' }, 'to'],
    [{ limit: '0' }, 'limit'],
    [{ cursor: 'x'.repeat(201) }, 'cursor'],
    [{ state: 'dead' }, 'state'],
  ])('refuses %j', (query, parameter) => expect(faultsOf(query).map((fault) => fault.query)).toEqual([parameter]));

  it('says which form a time has', () => {
    expect(faultsOf({ from: '2026-01-31T09:00:00 01:00' })[0]?.detail).toContain('in UTC that ends in Z');
  });
});

describe('deliveryIdOf', () => {
  it('writes an id in the one way in which it is stored', () => {
    const id = newId();
    expect(deliveryIdOf(id.toUpperCase())).toBe(id);
  });

  it('knows what is no id', () => {
    expect(() => deliveryIdOf('42')).toThrow(expect.objectContaining({ code: 'DELIVERY_NOT_FOUND' }));
  });
});
