import { INSIDE_VARIABLE, readInside } from './inside.js';

const read = (inside: unknown) => readInside(JSON.stringify(inside));

describe('what the environment says of the inside', () => {
  it('is nothing where it says nothing', () => {
    expect(readInside(undefined)).toEqual({});
  });

  it('is read whole', () => {
    const at = { point: 'after-commit', occurrence: 17, act: 'kill', label: 'orders.create' };
    const orders = read({
      at,
      clockOffsetMs: -3_600_000,
      repeatMessages: { seed: 1, times: [2, 5] },
      build: 'inbox-off',
    });
    expect(orders).toMatchObject({
      at,
      clockOffsetMs: -3_600_000,
      repeatMessages: { seed: 1, times: [2, 5], withinMs: 50 },
      build: { name: 'inbox-off' },
    });
  });

  it.each([
    ['a point that there is not', { at: { point: 'somewhere', occurrence: 1, act: 'kill' } }, /at\.point/],
    ['an occurrence before the first', { at: { point: 'after-ack', occurrence: 0, act: 'kill' } }, /at\.occurrence/],
    ['an act that nobody knows', { at: { point: 'after-ack', occurrence: 1, act: 'explode' } }, /at\.act/],
    ['a build that there is not', { build: 'perfect' }, /build/],
    ['more times at least than at most', { repeatMessages: { seed: 1, times: [5, 2] } }, /least comes first/],
    ['a misspelt name', { clockOffset: 1 }, /clockOffset/],
  ])('is refused with %s', (_, inside, problem) => {
    expect(() => read(inside)).toThrow(problem);
  });

  it('is refused where it is not JSON', () => {
    expect(() => readInside('{')).toThrow(`${INSIDE_VARIABLE} is not JSON`);
  });
});
