import { preferredWaitS } from './prefer.js';

describe('preferredWaitS', () => {
  it.each([
    ['wait=10', 10],
    ['wait="10"', 10],
    ['WAIT = 10', 10],
    ['respond-async, wait=5', 5],
    ['wait=5; extra=1', 5],
    ['wait=5, wait=9', 5],
    ['return=minimal;foo="some, thing", wait=7', 7],
    ['wait=31', 30],
    ['wait=999999999', 30],
  ])('reads %s', (header, seconds) => expect(preferredWaitS(header)).toBe(seconds));

  it.each([
    undefined,
    '',
    'respond-async',
    'wait',
    'wait=',
    'wait=0',
    'wait=-1',
    'wait=1.5',
    'wait=soon',
    'wait="5',
    'wait=5s',
    'wait=99999999999999999999',
    'await=5',
    'wait=x, wait=5',
  ])('ignores %s', (header) => expect(preferredWaitS(header)).toBeUndefined());

  it('takes the first of several headers', () => expect(preferredWaitS(['wait=3', 'wait=4'])).toBe(3));
});
