import { ProblemError } from '../http/problem.js';
import { orderInputOf } from './order-body.js';

const line = (overrides: object = {}) => ({ productId: 'lamp', quantity: 1, ...overrides });
const lines = (count: number) => Array.from({ length: count }, () => line());

function pointersOf(body: unknown): string[] {
  try {
    orderInputOf(body);
  } catch (error) {
    if (error instanceof ProblemError) return (error.extras.faults ?? []).map(({ pointer }) => String(pointer));
    throw error;
  }
  throw new Error('it was taken');
}

describe('orderInputOf', () => {
  it.each([
    ['one line', line(), { items: [line()] }],
    ['one line with a reference', line({ reference: 'PO 7' }), { items: [line()], reference: 'PO 7' }],
    ['several lines', { items: [line(), line()] }, { items: [line(), line()] }],
    ['several lines with a reference', { items: [line()], reference: 'é😀' }, { items: [line()], reference: 'é😀' }],
    ['the largest quantity', line({ quantity: 1_000_000 }), { items: [line({ quantity: 1_000_000 })] }],
    ['100 lines', { items: lines(100) }, { items: lines(100) }],
    ['a product id', line({ productId: '0198b3c0-0000-7000-8000-000000000000' }), expect.anything()],
  ])('takes %s', (_name, body, input) => expect(orderInputOf(body)).toEqual(input));

  it.each([undefined, null, 1, 'text', true, [], [line()]])('refuses %j, which is no object', (body) => {
    expect(pointersOf(body)).toEqual(['']);
  });

  it.each([
    ['nothing', {}, ['/productId', '/quantity']],
    ['no quantity', { productId: 'lamp' }, ['/quantity']],
    ['no product', { quantity: 1 }, ['/productId']],
    ['an unknown field', line({ price: 1 }), ['/price']],
    ['a field of the prototype', line({ constructor: 1 }), ['/constructor']],
    ['both forms', line({ items: [line()] }), ['/productId', '/quantity']],
    ['items that are none', { items: 'lamp' }, ['/items']],
    ['no items', { items: [] }, ['/items']],
    ['101 items', { items: lines(101) }, ['/items']],
    ['50,000 faulty items', { items: Array.from({ length: 50_000 }, () => 1) }, ['/items']],
    ['an item that is none', { items: [line(), null] }, ['/items/1']],
    ['an unknown field of an item', { items: [line({ 'a/b': 1 })] }, ['/items/0/a~1b']],
    ['a reference in an item', { items: [line({ reference: 'x' })] }, ['/items/0/reference']],
  ])('says where the fault is: %s', (_name, body, pointers) => expect(pointersOf(body)).toEqual(pointers));

  const { POSITIVE_INFINITY: INFINITY } = Number;
  it.each(['1', '', null, true, [], {}, 0, -1, -0, 1.5, 1_000_001, 2 ** 31, 2 ** 53 + 2, INFINITY, -INFINITY])(
    'refuses the quantity %p',
    (quantity) => {
      expect(pointersOf(line({ quantity }))).toEqual(['/quantity']);
      expect(pointersOf({ items: [line(), line({ quantity })] })).toEqual(['/items/1/quantity']);
    },
  );

  it.each([1, null, '', ' ', 'a b', 'x'.repeat(65), 'é', 'a/b', '../x', "' OR 1=1 --", {}, []])(
    'refuses the product %p',
    (productId) => expect(pointersOf(line({ productId }))).toEqual(['/productId']),
  );

  it.each([1, null, '', 'x'.repeat(201), 'a\nb', 'a\u0000', '\u009b', {}, []])(
    'refuses the reference %p',
    (reference) => {
      expect([...new Set(pointersOf(line({ reference })))]).toEqual(['/reference']);
    },
  );

  it('says of a field that is not there that it is missing', () => {
    expect(() => orderInputOf({ productId: 'lamp' })).toThrow('/quantity: is missing');
  });

  it('names a few faults where there are hundreds', () => {
    const unknown = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, 1]));
    expect(pointersOf(line(unknown))).toHaveLength(20);
  });

  it('does not repeat a long key whole', () => {
    const [pointer] = pointersOf(line({ ['k'.repeat(50_000)]: 1 }));
    expect(pointer?.length).toBeLessThan(300);
  });
});
