import {
  accepted,
  type CreateProduct as CreateProductCommand,
  type ProductView,
  type Reply,
  refused,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { newProduct, viewOf } from '../domain/product.js';
import { type ProductRepository } from './ports.js';

/**
 * Takes a product into the catalogue, in the caller's transaction. A repeat of the same message is answered with the
 * product it made, as it is by then.
 */
export class CreateProduct {
  constructor(private readonly products: ProductRepository) {}

  /** @returns the product, or SKU_TAKEN when another message made one with this sku. */
  async execute(tx: Transaction, command: CreateProductCommand, origin: MessageOrigin): Promise<Reply<ProductView>> {
    const product = newProduct(command, Date.now());
    if (await this.products.insert(tx, product, origin.messageId)) return accepted(viewOf(product));
    const holder = await this.products.findBySku(tx, command.sku);
    if (holder?.requestId === origin.messageId) return accepted(viewOf(holder.product));
    return refused('SKU_TAKEN', `There is a product with the sku ${command.sku} already.`);
  }
}
