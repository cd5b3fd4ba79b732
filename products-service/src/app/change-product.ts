import {
  accepted,
  type ChangeProduct as ChangeProductCommand,
  type ProductView,
  type Reply,
  refused,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { type Product, productKey, viewOf } from '../domain/product.js';
import { changedProduct } from '../domain/product-change.js';
import { type ChangeRecord, type ProductRepository } from './ports.js';
import { tellIfLow } from './tell-low-stock.js';

/**
 * Changes what an operator says of a product, in the caller's transaction. Orders that have their stock keep their price.
 * A message that is delivered again gets its first answer.
 */
export class ChangeProduct {
  constructor(
    private readonly products: ProductRepository,
    private readonly record: ChangeRecord,
  ) {}

  /** @returns the product as it is afterwards, or FORBIDDEN, PRODUCT_NOT_FOUND or VERSION_MISMATCH. */
  async execute(tx: Transaction, command: ChangeProductCommand, origin: MessageOrigin): Promise<Reply<ProductView>> {
    const { caller, productId, changes } = command;
    if (caller.role !== 'operator') return refused('FORBIDDEN', 'Only operators change products.');
    const earlier = await this.record.findAnswer(tx, origin.messageId);
    if (earlier) return earlier;
    const product = await this.products.findForChange(tx, productKey(productId));
    const answer = product
      ? await this.change(tx, product, command, origin)
      : refused<ProductView>('PRODUCT_NOT_FOUND', `There is no product ${productId}.`);
    const request = { requestId: origin.messageId, clientId: caller.clientId };
    await this.record.insert(tx, { ...request, productId: product?.id ?? null, changes, answer });
    return answer;
  }

  private async change(
    tx: Transaction,
    product: Product,
    { changes, ifVersion }: ChangeProductCommand,
    origin: MessageOrigin,
  ): Promise<Reply<ProductView>> {
    if (ifVersion !== undefined && ifVersion !== product.catalogueVersion) {
      return refused('VERSION_MISMATCH', `Its catalogue version is ${product.catalogueVersion}, not ${ifVersion}.`);
    }
    const changed = changedProduct(product, changes, Date.now());
    if (changed === product) return accepted(viewOf(product));
    await this.products.change(tx, changed);
    await tellIfLow(tx, changed, levelOf(product), levelOf(changed), origin);
    return accepted(viewOf(changed));
  }
}

const levelOf = ({ available, lowStockThreshold: threshold }: Product) => ({ available, threshold });
