import { newId } from '@holdfast/contracts';
import { cursorAfter, positionIn } from './order-cursor.js';
import { type OrderFilter } from './order-lists.ports.js';

const filter: OrderFilter = {
  clientId: 'shop',
  status: 'CONFIRMED',
  productNames: ['mug', 'lamp'],
  reference: 'PO 7',
  from: 1,
  to: 2,
};
const position = { createdAt: Date.now(), id: newId() };

describe('a cursor', () => {
  it('leads back to its position', () => {
    expect(positionIn(cursorAfter(position, filter), filter)).toEqual(position);
  });

  it('is of the same filters when the names of the product come in another order', () => {
    const cursor = cursorAfter(position, filter);
    expect(positionIn(cursor, { ...filter, productNames: ['lamp', 'mug'] })).toEqual(position);
  });

  it.each<Partial<OrderFilter>>([
    { clientId: null },
    { clientId: 'other' },
    { status: 'PENDING' },
    { status: null },
    { productNames: ['mug'] },
    { productNames: null },
    { reference: 'PO' },
    { reference: null },
    { from: 0 },
    { from: null },
    { to: 3 },
    { to: null },
  ])('is none of the filters with %j', (change) => {
    expect(positionIn(cursorAfter(position, filter), { ...filter, ...change })).toBeUndefined();
  });

  const encoded = (text: string) => Buffer.from(text).toString('base64url');
  const [, , fingerprint] = Buffer.from(cursorAfter(position, filter), 'base64url').toString().split('.');

  it.each([
    ['nothing', ''],
    ['an id', position.id],
    ['another text', encoded('mug')],
    ['a tail', `${cursorAfter(position, filter)}!`],
    ['padding', `${cursorAfter(position, filter)}=`],
    ['no time', encoded(`.${position.id}.${fingerprint}`)],
    ['a time with a sign', encoded(`-1.${position.id}.${fingerprint}`)],
    ['a time that is written otherwise', encoded(`01.${position.id}.${fingerprint}`)],
    ['an id that is none', encoded(`1.${'0'.repeat(36)}.${fingerprint}`)],
    ['SQL', encoded(`1.' OR 1=1 --.${fingerprint}`)],
  ])('is not %s', (_name, cursor) => {
    expect(positionIn(cursor, filter)).toBeUndefined();
  });
});
