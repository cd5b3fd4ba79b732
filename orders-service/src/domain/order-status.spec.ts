import { type OrderStatus } from '@holdfast/contracts';
import { agreesWith, canChange, statesBefore } from './order-status.js';

const allowed: [OrderStatus, OrderStatus][] = [
  ['PENDING', 'CONFIRMED'],
  ['PENDING', 'REJECTED'],
  ['PENDING', 'CANCELLED'],
  ['CONFIRMED', 'CANCELLED'],
];
const states: OrderStatus[] = ['PENDING', 'CONFIRMED', 'REJECTED', 'CANCELLED'];

describe('order states', () => {
  it.each(states.flatMap((from) => states.map((to) => [from, to] as const)))('%s -> %s', (from, to) => {
    expect(canChange(from, to)).toBe(allowed.some(([a, b]) => a === from && b === to));
  });

  it('names the states before another, for the guard of an UPDATE', () => {
    expect(statesBefore('CONFIRMED')).toEqual(['PENDING']);
    expect(statesBefore('CANCELLED')).toEqual(['PENDING', 'CONFIRMED']);
    expect(statesBefore('PENDING')).toEqual([]);
  });
});

describe('what becomes of a reservation', () => {
  it.each<[OrderStatus, boolean, boolean]>([
    ['PENDING', false, false],
    ['CONFIRMED', true, false],
    ['REJECTED', false, true],
    ['CANCELLED', true, true],
  ])('of an order that is %s may have been yes: %s, no: %s', (status, reserved, refused) => {
    expect(agreesWith(status, { reserved: true })).toBe(reserved);
    expect(agreesWith(status, { reserved: false })).toBe(refused);
  });
});
