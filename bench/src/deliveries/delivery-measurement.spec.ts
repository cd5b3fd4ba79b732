import { faultOf } from './delivery-measurement.js';

const report = { received: 10, distinct: 10, signaturesVerified: 1, signaturesWrong: 0, p50Ms: 1, p99Ms: 2 };

describe('the fault of a run', () => {
  it('is none when each callback came once', () => {
    expect(faultOf(report, 10)).toBeUndefined();
  });

  it.each([
    ['one that came twice', { received: 11 }, 'of 10 callbacks 10 came, and 1 of them came again'],
    ['one that is missing', { received: 9, distinct: 9 }, 'of 10 callbacks 9 came, and 0 of them came again'],
    ['one signed with another key', { signaturesWrong: 1 }, '1 of the signatures that were verified are wrong'],
    ['no signature verified', { signaturesVerified: 0 }, 'no signature was verified'],
  ])('is %s', (_what, given, fault) => {
    expect(faultOf({ ...report, ...given }, 10)).toBe(fault);
  });
});
