import { timeOfUuidV7, uuidV7 } from './uuid-v7.js';

describe('uuidV7', () => {
  it('says its version and its variant', () => {
    expect(uuidV7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('holds the time at which it was made', () => {
    const before = Date.now();
    const time = timeOfUuidV7(uuidV7());
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
  });

  it('has its time read as RFC 9562 gives it in an example', () => {
    expect(timeOfUuidV7('017F22E2-79B0-7CC3-98C4-DC0C0C07398F')).toBe(Date.parse('2022-02-22T19:22:22Z'));
  });
});
