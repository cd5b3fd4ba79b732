import { chanceFrom } from './chance.js';
import { scheduleCopies } from './schedule-copies.js';

const terms = { times: [2, 5] as [number, number], withinMs: 50 };

const many = (kind: 'event' | 'to-queue', seed = 1) => {
  const chance = chanceFrom(seed);
  return Array.from({ length: 1_000 }, () => scheduleCopies(terms, kind, chance));
};

describe('the copies of a message', () => {
  it('are as many as asked for, each number of them', () => {
    const counts = new Set(many('to-queue').map(({ length }) => length));
    expect([...counts].sort()).toEqual([2, 3, 4, 5]);
  });

  it('all come within the time', () => {
    const delays = many('to-queue').flat();
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThanOrEqual(50);
  });

  it('leave the order of events as it is, and that of commands not', () => {
    expect(new Set(many('event').map(([first]) => first))).toEqual(new Set([0]));
    expect(new Set(many('to-queue').map(([first]) => first)).size).toBeGreaterThan(10);
  });

  it('are the same for the same seed', () => {
    expect(many('to-queue', 7)).toEqual(many('to-queue', 7));
    expect(many('to-queue', 7)).not.toEqual(many('to-queue', 8));
  });
});
