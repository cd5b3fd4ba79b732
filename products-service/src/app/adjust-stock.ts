import {
  type AdjustStock as AdjustStockCommand,
  accepted,
  type Reply,
  refused,
  type StockAdjustmentMade,
  type StockAdjustmentView,
} from '@holdfast/contracts';
import { appendEvent, type MessageOrigin } from '@holdfast/messaging';
import { LostRaceError, type Transaction } from '@holdfast/platform';
import {
  type AdjustedProduct,
  adjustmentOf,
  fingerprintOf,
  isAdjustable,
  refusedAdjustment,
} from '../domain/adjustment.js';
import { type ProductKey, productKey } from '../domain/product.js';
import { type AdjustmentRepository, type OtherKeyUses, type StockRepository } from './ports.js';
import { tellIfLow } from './tell-low-stock.js';

/**
 * Restocks a product or writes units off, in the caller's transaction, and says so with `product.stockAdjusted`. The same
 * request again, known by its idempotency key or by its own id, gets the stored answer.
 */
export class AdjustStock {
  constructor(
    private readonly stock: StockRepository,
    private readonly adjustments: AdjustmentRepository,
    private readonly otherKeyUses: OtherKeyUses,
  ) {}

  /** @returns the adjustment, or FORBIDDEN, PRODUCT_NOT_FOUND, STOCK_NOT_ADJUSTABLE or IDEMPOTENCY_KEY_REUSED. */
  async execute(
    tx: Transaction,
    command: AdjustStockCommand,
    origin: MessageOrigin,
  ): Promise<Reply<StockAdjustmentMade>> {
    if (command.caller.role !== 'operator') return refused('FORBIDDEN', 'Only operators adjust stock.');
    const earlier = await this.earlierAnswer(tx, command, origin.messageId);
    if (earlier) return earlier;
    const { caller, delta, idempotencyKey, reason } = command;
    const key = productKey(command.productId);
    const adjusted = await this.stock.adjust(tx, key, delta);
    // Once more: what keeps it from being done may be that the same request was done since the first look.
    const meanwhile = adjusted ? undefined : await this.earlierAnswer(tx, command, origin.messageId);
    if (meanwhile) return meanwhile;
    const answer = adjusted
      ? accepted(await tellAdjusted(tx, command, adjusted.product, origin))
      : await this.refusal(tx, key, command);
    await this.adjustments.insert(tx, {
      ...{ requestId: origin.messageId, clientId: caller.clientId, reason, answer },
      fingerprint: fingerprintOf(command),
      movement: adjusted?.movement ?? null,
      // A refusal too: an earlier attempt of the same request may still be under way, and must not be done after all.
      idempotencyKey: idempotencyKey ?? null,
    });
    if (idempotencyKey !== undefined) await this.otherKeyUses.exclude(tx, caller.clientId, idempotencyKey);
    return replyWith(answer, false);
  }

  private async earlierAnswer(
    tx: Transaction,
    command: AdjustStockCommand,
    requestId: string,
  ): Promise<Reply<StockAdjustmentMade> | undefined> {
    const { caller, idempotencyKey } = command;
    const own = await this.adjustments.findByRequest(tx, requestId);
    if (own) return replyWith(own.answer, false);
    if (idempotencyKey === undefined) return undefined;
    const stored = await this.adjustments.findByKey(tx, caller.clientId, idempotencyKey);
    if (!stored) {
      const isTaken = await this.otherKeyUses.has(tx, caller.clientId, idempotencyKey);
      return isTaken ? refused('IDEMPOTENCY_KEY_REUSED', 'This key was used for a product.') : undefined;
    }
    if (stored.fingerprint !== fingerprintOf(command)) {
      return refused('IDEMPOTENCY_KEY_REUSED', 'This key was used for another adjustment.');
    }
    return replyWith(stored.answer, true);
  }

  private async refusal(
    tx: Transaction,
    key: ProductKey,
    { productId, delta }: AdjustStockCommand,
  ): Promise<Reply<never>> {
    const product = await this.stock.findCounters(tx, key);
    if (!product) return refused('PRODUCT_NOT_FOUND', `There is no product ${productId}.`);
    // Others sell, restock and create between the try and this look: what is possible by now is done by another try.
    if (isAdjustable(product, delta)) throw new LostRaceError('the stock that was short');
    return refused('STOCK_NOT_ADJUSTABLE', refusedAdjustment(product, delta));
  }
}

const replyWith = (answer: Reply<StockAdjustmentView>, replayed: boolean): Reply<StockAdjustmentMade> =>
  answer.ok ? accepted({ adjustment: answer.value, replayed }) : answer;

async function tellAdjusted(
  tx: Transaction,
  command: AdjustStockCommand,
  product: AdjustedProduct,
  origin: MessageOrigin,
): Promise<StockAdjustmentView> {
  const adjustment = adjustmentOf(command, product, Date.now());
  const { id: _id, ...data } = adjustment;
  const { available, lowStockThreshold: threshold } = product;
  await appendEvent(tx, { streamId: `product/${product.id}`, type: 'product.stockAdjusted', data }, origin);
  await tellIfLow(tx, product, { available: available - data.delta, threshold }, { available, threshold }, origin);
  return adjustment;
}
