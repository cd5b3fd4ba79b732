import { newId } from '@holdfast/contracts';
import { cursorAfter, skuOf } from './product-cursor.js';

describe('a cursor of the catalogue', () => {
  it.each(['a', 'MUG-BLUE', 'x.y_z-9', 'k'.repeat(64)])('gives its sku back: %s', (sku) => {
    expect(skuOf(cursorAfter(sku))).toBe(sku);
  });

  it.each([
    ['empty', ''],
    ['not base64url', '***'],
    ['another alphabet', Buffer.from('a?b?c').toString('base64')],
    ['padded', `${cursorAfter('mug')}=`],
    ['a sku with junk that decoding skips', `${cursorAfter('mug')}*`],
    ['a sku itself', 'MUG-BLUE'],
    ['no sku', cursorAfter("' OR 1=1 --")],
    ['an id', cursorAfter(newId())],
    ['too long', cursorAfter('k'.repeat(65))],
  ])('is refused: %s', (_name, cursor) => {
    expect(skuOf(cursor)).toBeUndefined();
  });
});
