import { retryDelay } from './retry-delay.js';

const answer = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers });
const inHalfAMinute = () => new Date(Date.now() + 25_000).toUTCString();

describe('the delay before a retry', () => {
  it.each([
    [0, 0, 0],
    [0, 0.5, 100],
    [1, 0.5, 200],
    [4, 0.5, 1_600],
    [5, 0.5, 2_500],
    [50, 0.5, 2_500],
  ])('after %d failures, at %d of its range, is %d ms', (failures, random, expected) => {
    expect(retryDelay(undefined, failures, random)).toBe(expected);
    expect(retryDelay(answer(504), failures, random)).toBe(expected);
  });

  it.each([
    [429, '2', 2_100],
    [503, '0', 100],
    [409, '1', 1_100],
    [503, 'soon', 100],
    [503, 'Thu, 01 Jan 1970 00:00:00 GMT', 100],
    [503, '30', 30_100],
  ])('of a %d is not shorter than its Retry-After: %s', (status, retryAfter, expected) => {
    expect(retryDelay(answer(status, { 'retry-after': retryAfter }), 0, 0.5)).toBe(expected);
  });

  it('reads a date', () => {
    const delay = retryDelay(answer(503, { 'retry-after': inHalfAMinute() }), 0, 0);
    expect(delay).toBeGreaterThan(1_000);
    expect(delay).toBeLessThanOrEqual(25_000);
  });

  it.each<[number, Record<string, string>]>([
    [200, {}],
    [400, {}],
    [404, { 'retry-after': '1' }],
    [409, {}],
    [422, {}],
    [500, {}],
    [503, { 'retry-after': '31' }],
  ])('is none after a %d with %j', (status, headers) => {
    expect(retryDelay(answer(status, headers), 0, 0.5)).toBeUndefined();
  });
});
