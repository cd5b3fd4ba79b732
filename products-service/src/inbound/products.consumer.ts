import {
  type CreateProduct as CreateProductCommand,
  type GetProduct as GetProductQuery,
  type ListProducts as ListProductsQuery,
  type ProductPage,
  type ProductView,
  type Reply,
  type ReserveStock as ReserveStockCommand,
} from '@holdfast/contracts';
import { answerRepeats, MessageConsumer, type MessageContext, OnEvent, query } from '@holdfast/messaging';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { CreateProduct } from '../app/create-product.js';
import { GetProduct } from '../app/get-product.js';
import { ListProducts } from '../app/list-products.js';
import { ReserveStock } from '../app/reserve-stock.js';

/** The messages that products-service takes. Validation, transaction, repeats and acks are the pipeline's. */
@MessageConsumer()
export class ProductsConsumer {
  constructor(
    private readonly reserveStock: ReserveStock,
    private readonly createProduct: CreateProduct,
    private readonly getProduct: GetProduct,
    private readonly listProducts: ListProducts,
  ) {}

  /** Answered by the event `product.stockReserved`. */
  @OnEvent('product.reserveStock', answerRepeats)
  reserve(@Payload() command: ReserveStockCommand, @Ctx() context: MessageContext): Promise<void> {
    return this.reserveStock.execute(context.tx, command, context.origin);
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
