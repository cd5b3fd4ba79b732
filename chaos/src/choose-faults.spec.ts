import { SeededRandom } from '@holdfast/testing';
import { inOrder } from './choose-faults.js';

const KINDS = [['a1', 'a2', 'a3'], ['b1'], [], ['c1', 'c2']];

const order = (seed: number): string[] => inOrder(KINDS, new SeededRandom(seed));
const seeds = Array.from({ length: 200 }, (_, seed) => seed);

it('begins with one of each kind, and has each once', () => {
  for (const seed of seeds) {
    const chosen = order(seed);
    expect(chosen.toSorted()).toEqual(KINDS.flat());
    const kinds = chosen.slice(0, 3).map((name) => name[0]);
    expect(kinds.toSorted()).toEqual(['a', 'b', 'c']);
  }
});

it('begins with each of all of them by some seed', () => {
  expect(new Set(seeds.map((seed) => order(seed)[0]))).toEqual(new Set(KINDS.flat()));
});

it('is the same by the same seed', () => {
  expect(order(7)).toEqual(order(7));
});
