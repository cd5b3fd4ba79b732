import { type DataSource, MoreThan } from 'typeorm';
import { type ProductReader } from '../app/ports.js';
import { type Product, type ProductKey } from '../domain/product.js';
import { ProductEntity } from './product.entity.js';
import { productOf } from './product.row.js';

/** Reads products through their entity, on the read-only connection. */
export class TypeormProductReader implements ProductReader {
  constructor(private readonly reads: DataSource) {}

  async find(key: ProductKey): Promise<Product | undefined> {
    const found = await this.reads.getRepository(ProductEntity).findOneBy(key);
    return found ? productOf(found) : undefined;
  }

  async listAfter(sku: string | undefined, limit: number): Promise<Product[]> {
    const found = await this.reads.getRepository(ProductEntity).find({
      where: sku === undefined ? {} : { sku: MoreThan(sku) },
      order: { sku: 'ASC' },
      take: limit,
    });
    return found.map(productOf);
  }
}
