import { judgeAttempt, MAX_HOLD_MS } from './judge-attempt.js';

describe('the judgement of an attempt', () => {
  it.each([200, 201, 202, 204, 299])('counts %i as delivered', (status) => {
    expect(judgeAttempt(status, undefined)).toEqual({ delivered: true, gone: false, holdMs: undefined });
  });

  it.each([undefined, 100, 199, 300, 301, 302, 307, 308, 400, 401, 404, 410, 429, 500, 503, 599])(
    'counts %s as failed',
    (status) => {
      expect(judgeAttempt(status, undefined).delivered).toBe(false);
    },
  );

  it('takes 410 for good, and nothing else', () => {
    expect(judgeAttempt(410, undefined).gone).toBe(true);
    for (const status of [404, 403, 500, undefined]) expect(judgeAttempt(status, undefined).gone).toBe(false);
  });

  it.each([
    [429, 5_000, 5_000],
    [503, 5_000, 5_000],
    [503, 10 * MAX_HOLD_MS, MAX_HOLD_MS],
    [503, 0, undefined],
    [503, undefined, undefined],
    [500, 5_000, undefined],
    [200, 5_000, undefined],
    [301, 5_000, undefined],
  ])('holds the endpoint after %s with Retry-After of %s ms for %s ms', (status, retryAfterMs, holdMs) => {
    expect(judgeAttempt(status, retryAfterMs).holdMs).toBe(holdMs);
  });
});
