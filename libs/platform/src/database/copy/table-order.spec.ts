import { inOrder } from './table-order.js';

const table = (name: string, ...refersTo: string[]) => ({ name, refersTo, columns: [] });
const names = (tables: readonly { name: string }[]) => tables.map(({ name }) => name);

describe('the order in which tables are filled', () => {
  it('has each behind those that it refers to', () => {
    const tables = [table('answers', 'movements'), table('movements', 'products'), table('events'), table('products')];
    expect(names(inOrder(tables))).toEqual(['events', 'products', 'movements', 'answers']);
  });

  it('lets a table refer to itself', () => {
    expect(names(inOrder([table('parts', 'parts')]))).toEqual(['parts']);
  });

  it('knows none for a circle', () => {
    expect(() => inOrder([table('a', 'b'), table('b', 'a'), table('c')])).toThrow('in a circle: a, b');
  });
});
