import { conditionOf } from '../http/if-match.js';
import { catalogueVersionIn, productEtagOf } from './product-etag.js';

const product = (catalogueVersion: number, version: number) =>
  ({ catalogueVersion, version }) as Parameters<typeof productEtagOf>[0];

describe('the ETag of a product', () => {
  it('moves with whatever is shown, and tells what operators changed from what was sold', () => {
    const tags = [product(1, 1), product(1, 2), product(2, 3), product(12, 3)].map(productEtagOf);
    expect(tags).toEqual(['"1.1"', '"1.2"', '"2.3"', '"12.3"']);
  });

  it.each([
    ['"3.17"', { ifVersion: 3 }],
    ['"2.16", "3.1"', { ifVersion: 3 }],
    ['"7", "3.17"', { ifVersion: 3 }],
    ['*', {}],
    [undefined, {}],
  ])('as If-Match %s asks for %j', (header, condition) => {
    expect(conditionOf(header, catalogueVersionIn)).toEqual(condition);
  });

  it.each(['"3"', 'W/"3.17"', '"0.1"', '"3.0"', '"3.17.1"', '".17"', '"3."', '"99999999999999999999.1"'])(
    'is never %s',
    (header) => {
      const wrong = expect.objectContaining({ code: 'VERSION_MISMATCH' });
      expect(() => conditionOf(header, catalogueVersionIn)).toThrow(wrong);
    },
  );
});
