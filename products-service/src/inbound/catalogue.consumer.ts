import {
  type ChangeProduct as ChangeProductCommand,
  type CreateProduct as CreateProductCommand,
  type GetProduct as GetProductQuery,
  type ImportProduct as ImportProductCommand,
  type ListMovements as ListMovementsQuery,
  type ListProducts as ListProductsQuery,
  type ProductCreated,
  type ProductImported,
  type ProductPage,
  type ProductView,
  type Reply,
  type StockMovementPage,
} from '@holdfast/contracts';
import { inTurns, MessageConsumer, type MessageContext, ownKey, query } from '@holdfast/messaging';
import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import { ChangeProduct } from '../app/change-product.js';
import { CreateProduct } from '../app/create-product.js';
import { GetProduct } from '../app/get-product.js';
import { ImportProduct } from '../app/import-product.js';
import { ListMovements } from '../app/list-movements.js';
import { ListProducts } from '../app/list-products.js';
import { namesOf } from '../app/product-names.js';

/** The messages about the catalogue, and the questions about its stock. */
@MessageConsumer()
export class CatalogueConsumer {
  constructor(
    private readonly createProduct: CreateProduct,
    private readonly importProduct: ImportProduct,
    private readonly changeProduct: ChangeProduct,
    private readonly getProduct: GetProduct,
    private readonly listProducts: ListProducts,
    private readonly listMovements: ListMovements,
  ) {}

  @MessagePattern('product.create', ownKey)
  create(@Payload() command: CreateProductCommand, @Ctx() context: MessageContext): Promise<Reply<ProductCreated>> {
    return this.createProduct.execute(context.tx, command, context.origin);
  }

  @MessagePattern('product.import', ownKey)
  import(@Payload() command: ImportProductCommand, @Ctx() context: MessageContext): Promise<Reply<ProductImported>> {
    return this.importProduct.execute(context.tx, command, context.origin);
  }

  @MessagePattern(
    'product.change',
    inTurns(ownKey, (command: ChangeProductCommand) => namesOf([command])),
  )
  change(@Payload() command: ChangeProductCommand, @Ctx() context: MessageContext): Promise<Reply<ProductView>> {
    return this.changeProduct.execute(context.tx, command, context.origin);
  }

  @MessagePattern('product.get', query)
  get(@Payload() request: GetProductQuery): Promise<Reply<ProductView>> {
    return this.getProduct.execute(request);
  }

  @MessagePattern('product.list', query)
  list(@Payload() request: ListProductsQuery): Promise<Reply<ProductPage>> {
    return this.listProducts.execute(request);
  }

  @MessagePattern('product.movements', query)
  movements(@Payload() request: ListMovementsQuery): Promise<Reply<StockMovementPage>> {
    return this.listMovements.execute(request);
  }
}
