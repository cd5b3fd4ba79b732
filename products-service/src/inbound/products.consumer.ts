import {
  type AdjustStock as AdjustStockCommand,
  type CreateProduct as CreateProductCommand,
  type GetProduct as GetProductQuery,
  type ListProducts as ListProductsQuery,
  type ProductPage,
  type ProductView,
  type ReleaseStock as ReleaseStockCommand,
  type Reply,
  type ReserveStock as ReserveStockCommand,
  type StockAdjustmentMade,
} from '@holdfast/contracts';
import { answerRepeats, MessageConsumer, type MessageContext, OnEvent, ownKey, query } from '@holdfast/messaging';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { AdjustStock } from '../app/adjust-stock.js';
import { CreateProduct } from '../app/create-product.js';
import { GetProduct } from '../app/get-product.js';
import { ListProducts } from '../app/list-products.js';
import { ReleaseStock } from '../app/release-stock.js';
import { ReserveStock } from '../app/reserve-stock.js';

/** The messages that products-service takes. Validation, transaction, repeats and acks are the pipeline's. */
@MessageConsumer()
export class ProductsConsumer {
  constructor(
    private readonly reserveStock: ReserveStock,
    private readonly releaseStock: ReleaseStock,
    private readonly adjustStock: AdjustStock,
    private readonly createProduct: CreateProduct,
    private readonly getProduct: GetProduct,
    private readonly listProducts: ListProducts,
  ) {}

  /** Answered by the event `product.stockReserved`. */
  @OnEvent('product.reserveStock', answerRepeats)
  reserve(@Payload() command: ReserveStockCommand, @Ctx() context: MessageContext): Promise<void> {
    return this.reserveStock.execute(context.tx, command, context.origin);
  }

  /** Answered by the event `product.stockReleased`. */
  @OnEvent('product.releaseStock', answerRepeats)
  release(@Payload() command: ReleaseStockCommand, @Ctx() context: MessageContext): Promise<void> {
    return this.releaseStock.execute(context.tx, command, context.origin);
  }

  @MessagePattern('product.adjustStock', ownKey)
  adjust(@Payload() command: AdjustStockCommand, @Ctx() context: MessageContext): Promise<Reply<StockAdjustmentMade>> {
    return this.adjustStock.execute(context.tx, command, context.origin);
  }

  @MessagePattern('product.create', answerRepeats)
  create(@Payload() command: CreateProductCommand, @Ctx() context: MessageContext): Promise<Reply<ProductView>> {
    return this.createProduct.execute(context.tx, command, context.origin);
  }

  @MessagePattern('product.get', query)
  get(@Payload() request: GetProductQuery): Promise<Reply<ProductView>> {
    return this.getProduct.execute(request);
  }

  @MessagePattern('product.list', query)
  list(@Payload() request: ListProductsQuery): Promise<Reply<ProductPage>> {
    return this.listProducts.execute(request);
  }
}
