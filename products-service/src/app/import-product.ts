import {
  accepted,
  type ImportProduct as ImportProductCommand,
  type ProductImported,
  type Reply,
  refused,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { fingerprintOf, newProduct } from '../domain/product.js';
import { type ProductRepository } from './ports.js';

/**
 * Takes one line of an import into the catalogue, in the caller's transaction. A product that was made from the same
 * description is left as it is by now, with what was sold of it and what was changed since.
 */
export class ImportProduct {
  constructor(private readonly products: ProductRepository) {}

  /** @returns which product it is and whether it is new, or FORBIDDEN or SKU_TAKEN. */
  async execute(
    tx: Transaction,
    command: ImportProductCommand,
    origin: MessageOrigin,
  ): Promise<Reply<ProductImported>> {
    if (command.caller.role !== 'operator') return refused('FORBIDDEN', 'Only operators import products.');
    const product = newProduct(command, Date.now());
    const creation = { requestId: origin.messageId, fingerprint: fingerprintOf(command) };
    if (await this.products.insert(tx, product, creation)) return accepted({ id: product.id, outcome: 'created' });
    const holder = await this.products.findBySku(tx, command.sku);
    if (holder?.requestId === creation.requestId) return accepted({ id: holder.product.id, outcome: 'created' });
    if (holder?.fingerprint === creation.fingerprint) return accepted({ id: holder.product.id, outcome: 'existing' });
    return refused('SKU_TAKEN', `There is a product with the sku ${command.sku} already, made from other data.`);
  }
}
