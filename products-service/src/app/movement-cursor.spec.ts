import { cursorAfter, positionOf } from './movement-cursor.js';

const encoded = (text: string) => Buffer.from(text, 'utf8').toString('base64url');

describe('the cursor behind a movement', () => {
  it.each([1, 4_711, Number.MAX_SAFE_INTEGER])('gives position %d back', (position) => {
    expect(positionOf(cursorAfter(position))).toBe(position);
  });

  it.each([
    '',
    '***',
    'a',
    ...['', '0', '-1', '1.5', '1e3', ' 1', '01', '0x10', 'mug', '9007199254740992'].map(encoded),
  ])('is not %j', (cursor) => expect(positionOf(cursor)).toBeUndefined());

  it('is not one that Node would decode leniently', () => {
    expect(positionOf(`${cursorAfter(4_711)}=`)).toBeUndefined();
  });
});
