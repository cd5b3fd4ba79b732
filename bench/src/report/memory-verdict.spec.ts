import { memoryVerdict } from './memory-verdict.js';

describe('the verdict on memory', () => {
  it.each([
    ['a process that grows only while it warms up', [60, 80, 100, 110, 120, 121, 120, 122, 121, 122], 'flat'],
    ['a saw tooth', [200, 260, 210, 250, 205, 255, 200, 260, 210, 250], 'flat'],
    ['a leak', [100, 110, 120, 130, 140, 150, 160, 170, 180, 190], 'growing'],
    ['a small process that grows by less than noise', [10, 11, 12, 13, 14, 15, 16, 17, 18, 19], 'flat'],
    ['too few samples to tell', [100, 200], 'flat'],
  ])('%s', (_what, samples, verdict) => {
    expect(memoryVerdict(samples)).toBe(verdict);
  });
});
