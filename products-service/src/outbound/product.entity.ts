import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Read side of `products`; writes are plain SQL in the repositories. */
@Entity('products')
export class ProductEntity {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  sku!: string;

  @Column('text')
  name!: string;

  @Column('integer', { name: 'price_amount' })
  priceAmount!: number;

  @Column('text', { name: 'price_currency' })
  priceCurrency!: string;

  @Column('integer')
  available!: number;

  @Column('integer')
  reserved!: number;

  @Column('text', { name: 'supplier_id', nullable: true })
  supplierId!: string | null;

  @Column('integer', { name: 'low_stock_threshold', nullable: true })
  lowStockThreshold!: number | null;

  @Column('integer', { name: 'created_at' })
  createdAt!: number;

  @Column('integer', { name: 'updated_at' })
  updatedAt!: number;

  @Column('integer')
  version!: number;

  @Column('integer', { name: 'catalogue_version' })
  catalogueVersion!: number;
}
