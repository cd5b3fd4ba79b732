import { productNameOf } from './product-name.js';

describe('what an order calls a product', () => {
  it.each([
    ['mug', 'mug'],
    ['Mug', 'Mug'],
    ['019abf2a-11d0-7b5e-9f43-0c6a7d2e8b15', '019abf2a-11d0-7b5e-9f43-0c6a7d2e8b15'],
    ['019ABF2A-11D0-7B5E-9F43-0C6A7D2E8B15', '019abf2a-11d0-7b5e-9f43-0c6a7d2e8b15'],
    ['ABCDEFGH-11D0-7B5E-9F43-0C6A7D2E8B15', 'ABCDEFGH-11D0-7B5E-9F43-0C6A7D2E8B15'],
  ])('%s is %s', (named, name) => {
    expect(productNameOf(named)).toBe(name);
  });
});
