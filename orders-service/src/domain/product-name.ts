import { isUuid } from '@holdfast/contracts';

/** What an order calls a product, in the one form that ids have: a buyer may write them in capitals. Skus are as they are. */
export const productNameOf = (productId: string): string => (isUuid(productId) ? productId.toLowerCase() : productId);
