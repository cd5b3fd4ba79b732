import { productKey } from '../domain/product.js';

/**
 * The products that a message changes, each by one name for however it is written. A product that some know by its id and
 * some by its sku has two.
 */
export const namesOf = (refs: readonly { productId: string }[]): string[] => refs.map(nameOf);

const nameOf = ({ productId }: { productId: string }): string => {
  const key = productKey(productId);
  return 'id' in key ? key.id : key.sku;
};
