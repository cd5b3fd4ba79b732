import { newId } from '@holdfast/contracts';
import { cursorAfter, idOf } from './id-cursor.js';

describe('a cursor', () => {
  it('leads back to its id', () => {
    const id = newId();
    expect(idOf(cursorAfter(id))).toBe(id);
  });

  it.each([
    ['an id itself', newId()],
    ['another text', cursorAfter('mug')],
    ['nothing', ''],
    ['a cursor with a tail', `${cursorAfter(newId())}!`],
    ['padding', `${cursorAfter(newId())}=`],
    ['SQL', cursorAfter("' OR 1=1 --")],
  ])('is not %s', (_name, text) => {
    expect(idOf(text)).toBeUndefined();
  });
});
