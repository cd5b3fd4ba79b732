import { RowTurns } from './row-turns.js';

const piece = (...rows: string[]) => ({ rows });

describe('pieces of work that want the same rows', () => {
  let turns: RowTurns<{ rows: string[] }>;

  beforeEach(() => {
    turns = new RowTurns();
  });

  it('run at once where they want different ones', () => {
    expect([turns.enter(piece('a')), turns.enter(piece('b', 'c')), turns.enter(piece('d'))]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('wait for the one that runs, and then run together, in the order in which they came', () => {
    const [first, ...others] = [piece('a'), piece('a'), piece('a', 'b'), piece('b')];
    expect([first, ...others].map((each) => turns.enter(each))).toEqual([true, false, false, false]);
    expect(turns.leave([first as never])).toEqual(others);
    expect(turns.leave(others)).toEqual([]);
    expect(turns.enter(piece('a'))).toBe(true);
  });

  it('wait for all of their rows, and are not passed by those that came later', () => {
    const [a, b, both, later] = [piece('a'), piece('b'), piece('a', 'b'), piece('b')];
    expect([a, b, both, later].map((each) => turns.enter(each))).toEqual([true, true, false, false]);
    expect(turns.leave([b])).toEqual([]);
    expect(turns.leave([a])).toEqual([both, later]);
  });

  it('run side by side again as soon as nobody wants what they want', () => {
    const [a, alsoA, b] = [piece('a'), piece('a'), piece('b')];
    turns.enter(a);
    turns.enter(alsoA);
    expect(turns.leave([a])).toEqual([alsoA]);
    expect(turns.enter(b)).toBe(true);
    expect(turns.enter(piece('a'))).toBe(false);
  });

  it('name a row twice without waiting for themselves', () => {
    const twice = piece('a', 'a');
    expect(turns.enter(twice)).toBe(true);
    turns.enter(piece('a'));
    expect(turns.leave([twice])).toHaveLength(1);
  });

  it('run in groups of a bounded size, and every one of them runs', () => {
    const crowd = Array.from({ length: 100 }, () => piece('a'));
    let group = crowd.filter((each) => turns.enter(each));
    const sizes: number[] = [];
    for (; group.length > 0; group = turns.leave(group)) sizes.push(group.length);
    expect(sizes).toEqual([1, 32, 32, 32, 3]);
  });
});
