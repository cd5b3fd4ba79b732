import { notEnteredAgain } from './missed-adjustments.js';

const adjustment = (id: string, text: string, at: number) => ({ id, text, at });

describe('adjustments that a restored products.db does not know', () => {
  const kept = [
    adjustment('a', 'MUG +5 (delivery)', 1),
    adjustment('b', 'MUG +5 (delivery)', 10),
    adjustment('c', 'MUG +5 (delivery)', 11),
    adjustment('d', 'MUG -1 (broken)', 12),
  ];
  const [a] = kept;

  it('are those that it has no event of', () => {
    expect(notEnteredAgain(kept, a ? [a] : []).map(({ id }) => id)).toEqual(['b', 'c', 'd']);
  });

  it('are not those that were entered again', () => {
    const again = adjustment('e', 'MUG +5 (delivery)', 20);
    expect(notEnteredAgain([...kept, again], a ? [a, again] : []).map(({ id }) => id)).toEqual(['c', 'd']);
  });
});
