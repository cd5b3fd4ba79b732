import { newId } from '@holdfast/contracts';
import { namesOf } from './product-names.js';

describe('the names of products', () => {
  it('are the same for everybody who writes an id, and skus as they are written', () => {
    const id = newId();
    const refs = [id, id.toUpperCase(), 'MUG', 'mug'].map((productId) => ({ productId }));
    expect(namesOf(refs)).toEqual([id, id, 'MUG', 'mug']);
  });
});
