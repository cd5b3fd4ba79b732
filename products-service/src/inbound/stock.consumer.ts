import {
  type AdjustStock as AdjustStockCommand,
  type ReleaseStock as ReleaseStockCommand,
  type Reply,
  type ReserveStock as ReserveStockCommand,
  type StockAdjustmentMade,
} from '@holdfast/contracts';
import { answerRepeats, inTurns, MessageConsumer, type MessageContext, OnEvent, ownKey } from '@holdfast/messaging';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { AdjustStock } from '../app/adjust-stock.js';
import { namesOf } from '../app/product-names.js';
import { ReleaseStock } from '../app/release-stock.js';
import { ReserveStock } from '../app/reserve-stock.js';

/** The messages that move stock. Validation, transaction, repeats and acks are the pipeline's. */
@MessageConsumer()
export class StockConsumer {
  constructor(
    private readonly reserveStock: ReserveStock,
    private readonly releaseStock: ReleaseStock,
    private readonly adjustStock: AdjustStock,
  ) {}

  /** Answered by the event `product.stockReserved`. */
  @OnEvent(
    'product.reserveStock',
    inTurns(answerRepeats, ({ items }: ReserveStockCommand) => namesOf(items)),
  )
  reserve(@Payload() command: ReserveStockCommand, @Ctx() context: MessageContext): Promise<void> {
    return this.reserveStock.execute(context.tx, command, context.origin);
  }

  /** Answered by the event `product.stockReleased`. */
  @OnEvent('product.releaseStock', answerRepeats)
  release(@Payload() command: ReleaseStockCommand, @Ctx() context: MessageContext): Promise<void> {
    return this.releaseStock.execute(context.tx, command, context.origin);
  }

  @MessagePattern(
    'product.adjustStock',
    inTurns(ownKey, (command: AdjustStockCommand) => namesOf([command])),
  )
  adjust(@Payload() command: AdjustStockCommand, @Ctx() context: MessageContext): Promise<Reply<StockAdjustmentMade>> {
    return this.adjustStock.execute(context.tx, command, context.origin);
  }
}
