import { BadRecord, failedAttempts, faultOfBad } from './fairness-round.js';

const aRecord = (given: Partial<BadRecord> = {}): BadRecord => ({
  behaviour: 'fails',
  answered: 50,
  attempts: 60,
  delivered: 50,
  ...given,
});

describe('the fault of the bad subscribers', () => {
  it('is none when each was attempted and got nothing', () => {
    expect(faultOfBad([aRecord(), aRecord({ behaviour: 'hangs' })])).toBeUndefined();
  });

  it.each([
    [
      'a redirect that was taken for a success',
      { delivered: 51 },
      'the one that redirects has 51 delivered instead of 50',
    ],
    ['one that nobody tried', { attempts: 50 }, 'no attempt at the one that redirects is recorded'],
  ])('is %s', (_what, given, fault) => {
    expect(faultOfBad([aRecord(), aRecord({ behaviour: 'redirects', ...given })])).toBe(fault);
  });
});

it('counts the attempts of the bad time only', () => {
  const records = [aRecord({ behaviour: 'hangs', attempts: 83 }), aRecord(), aRecord({ behaviour: 'redirects' })];
  expect(failedAttempts(records)).toEqual({ hangs: 33, fails: 10, redirects: 10 });
});
