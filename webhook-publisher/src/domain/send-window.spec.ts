import { firstWindow, mayTake, narrowed, type SendWindow, type Standing, widened } from './send-window.js';

describe('the window of an endpoint', () => {
  it('begins with one callback, and nothing is known', () => {
    expect(firstWindow).toEqual({ width: 1, standing: 'unproven' });
  });

  it('widens by one with every success, to its maximum', () => {
    let window = firstWindow;
    for (let success = 0; success < 100; success += 1) window = widened(window, 5, 32);
    expect(window).toEqual({ width: 32, standing: 'proven' });
  });

  it.each([
    ['halves with every failure that was slow, and is suspect', 15_000, [16, 8, 4, 2, 1, 1], 'suspect'],
    ['narrows by one with every failure that was quick, and holds nobody up', 5, [31, 30, 29, 28, 27, 26], 'proven'],
  ])('%s', (_name, durationMs, expected, standing) => {
    let window: SendWindow = { width: 32, standing: 'proven' };
    const windows = expected.map(() => (window = narrowed(window, durationMs)));
    expect(windows.map(({ width }) => width)).toEqual(expected);
    expect(new Set(windows.map((narrow) => narrow.standing))).toEqual(new Set([standing]));
  });

  it('is never less than one', () => {
    expect(narrowed({ width: 1, standing: 'suspect' }, 5).width).toBe(1);
  });

  it('is suspect while its answers are slow', () => {
    const slow = widened(firstWindow, 1_001, 32);
    expect(slow.standing).toBe('suspect');
    expect(widened(slow, 1_000, 32).standing).toBe('proven');
  });
});

describe('a connection', () => {
  it.each<[Standing, { unproven?: number; proven?: number; suspect?: number }, boolean]>([
    ['proven', { proven: 99 }, true],
    ['proven', { proven: 100 }, false],
    ['proven', { unproven: 25, suspect: 50, proven: 24 }, true],
    ['unproven', { unproven: 74 }, true],
    ['unproven', { unproven: 75 }, false],
    ['unproven', { suspect: 50, unproven: 24 }, true],
    ['unproven', { suspect: 50, unproven: 25 }, false],
    ['suspect', { suspect: 49 }, true],
    ['suspect', { suspect: 50 }, false],
    ['suspect', { unproven: 75 }, false],
    ['suspect', { proven: 100 }, false],
  ])('of a hundred for one that is %s, with %j held: %s', (standing, held, may) => {
    expect(mayTake(standing, { unproven: 0, proven: 0, suspect: 0, ...held }, 100)).toBe(may);
  });

  it.each<Standing>(['unproven', 'proven', 'suspect'])(
    'is there for one that is %s, also when there is only one',
    (standing) => {
      expect(mayTake(standing, { unproven: 0, proven: 0, suspect: 0 }, 1)).toBe(true);
    },
  );
});
