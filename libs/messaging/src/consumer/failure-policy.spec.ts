import { PermanentError, TransientError } from '@holdfast/platform';
import { RETRY_DELAYS_MS } from '../topology.js';
import { judge, MAX_ATTEMPTS } from './failure-policy.js';
import { LockBusyError, MessageError } from './message.errors.js';

const transient = new TransientError('DATABASE_UNAVAILABLE', 'the file is locked');

describe('the fate of a message whose handling failed', () => {
  it.each([
    ['malformed', new MessageError('malformed', 'the body is not JSON')],
    ['unknown-pattern', new MessageError('unknown-pattern', 'there is no message "x"')],
    ['invalid-message', new MessageError('invalid-message', 'data.items: too few')],
  ] as const)('%s: dead letters at once, at whatever attempt', (reason, error) => {
    const fate = { kind: 'dead-letter', reason, detail: error.message };
    expect(judge(error, 0)).toEqual(fate);
    expect(judge(error, 5)).toEqual(fate);
  });

  it.each([
    ['a permanent error', new PermanentError('UNKNOWN_ORDER', 'no such order'), 'UNKNOWN_ORDER: no such order'],
    ['an error of no kind', new TypeError('x is not a function'), 'x is not a function'],
    ['a thrown text', 'out of cheese', 'out of cheese'],
    ['a thrown nothing', undefined, 'undefined'],
  ])('%s: dead letters', (_name, error, detail) => {
    expect(judge(error, 0)).toEqual({ kind: 'dead-letter', reason: 'handler-failed', detail });
  });

  it.each(RETRY_DELAYS_MS.map((delayMs, attempt) => [attempt, delayMs] as const))(
    'a transient error after %d failed attempts waits %d ms',
    (attempt, delayMs) => {
      expect(judge(transient, attempt)).toEqual({ kind: 'retry', delayMs, attempt: attempt + 1 });
    },
  );

  it('stays with the longest delay until the attempts are used up', () => {
    const longest = RETRY_DELAYS_MS.at(-1);
    const last = MAX_ATTEMPTS - 1;
    expect(judge(transient, last - 1)).toEqual({ kind: 'retry', delayMs: longest, attempt: last });
    const exhausted = {
      kind: 'dead-letter',
      reason: 'retries-exhausted',
      detail: 'DATABASE_UNAVAILABLE: the file is locked',
    };
    expect(judge(transient, last)).toEqual(exhausted);
    expect(judge(transient, 1_000_000)).toEqual(exhausted);
  });

  it.each([0, 3, MAX_ATTEMPTS, 1_000])('a busy lock is no failed attempt, after %d of them', (attempt) => {
    expect(judge(new LockBusyError('orders:k'), attempt)).toEqual({
      kind: 'retry',
      delayMs: RETRY_DELAYS_MS[0],
      attempt,
    });
  });
});
