import { etagOf, isCurrent } from './etag.js';

describe('isCurrent', () => {
  const etag = etagOf({ version: 7 });

  it.each(['"7"', 'W/"7"', '"6", "7"', ' "7" ', '*'])('is, by %s', (header) =>
    expect(isCurrent(header, etag)).toBe(true),
  );

  it.each([undefined, '', '7', '"70"', '"6", "8"', 'w/"7"'])('is not, by %s', (header) =>
    expect(isCurrent(header, etag)).toBe(false),
  );
});
