import {
  accepted,
  type CreateProduct as CreateProductCommand,
  type ProductCreated,
  type Reply,
  refused,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { fingerprintOf, newProduct, viewOf } from '../domain/product.js';
import { type CreationAnswers, type OtherKeyUses, type ProductRepository } from './ports.js';

/**
 * Takes a product into the catalogue, in the caller's transaction. The same request again gets the stored answer, known
 * by its idempotency key; a message without one that is delivered again gets the product that it made, as it is by then.
 */
export class CreateProduct {
  constructor(
    private readonly products: ProductRepository,
    private readonly answers: CreationAnswers,
    private readonly otherKeyUses: OtherKeyUses,
  ) {}

  /** @returns the product, or FORBIDDEN, SKU_TAKEN or IDEMPOTENCY_KEY_REUSED. */
  async execute(tx: Transaction, command: CreateProductCommand, origin: MessageOrigin): Promise<Reply<ProductCreated>> {
    if (command.caller.role !== 'operator') return refused('FORBIDDEN', 'Only operators add products.');
    const earlier = await this.earlierAnswer(tx, command, origin.messageId);
    if (earlier) return earlier;
    const creation = { requestId: origin.messageId, fingerprint: fingerprintOf(command) };
    const product = newProduct(command, Date.now());
    if (!(await this.products.insert(tx, product, creation))) {
      // Once more: whoever has taken the sku since the first look may have been the same request.
      return (await this.earlierAnswer(tx, command, origin.messageId)) ?? this.takenSku(tx, command, origin.messageId);
    }
    const answer = viewOf(product);
    const { caller, idempotencyKey } = command;
    if (idempotencyKey !== undefined) {
      await this.answers.insert(tx, caller.clientId, idempotencyKey, { ...creation, answer });
      await this.otherKeyUses.exclude(tx, caller.clientId, idempotencyKey);
    }
    return accepted({ product: answer, replayed: false });
  }

  private async earlierAnswer(
    tx: Transaction,
    command: CreateProductCommand,
    requestId: string,
  ): Promise<Reply<ProductCreated> | undefined> {
    const { caller, idempotencyKey } = command;
    if (idempotencyKey === undefined) return undefined;
    const stored = await this.answers.find(tx, caller.clientId, idempotencyKey);
    if (!stored) {
      const isTaken = await this.otherKeyUses.has(tx, caller.clientId, idempotencyKey);
      return isTaken ? refused('IDEMPOTENCY_KEY_REUSED', 'This key was used for an adjustment of stock.') : undefined;
    }
    if (stored.fingerprint !== fingerprintOf(command)) {
      return refused('IDEMPOTENCY_KEY_REUSED', 'This key was used for another product.');
    }
    return accepted({ product: stored.answer, replayed: stored.requestId !== requestId });
  }

  private async takenSku(
    tx: Transaction,
    { sku }: CreateProductCommand,
    requestId: string,
  ): Promise<Reply<ProductCreated>> {
    const holder = await this.products.findBySku(tx, sku);
    if (holder?.requestId === requestId) return accepted({ product: viewOf(holder.product), replayed: false });
    return refused('SKU_TAKEN', `There is a product with the sku ${sku} already.`);
  }
}
