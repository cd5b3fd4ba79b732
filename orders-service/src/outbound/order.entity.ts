import { type OrderStatus, type RejectionReason } from '@holdfast/contracts';
import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn, type Relation } from 'typeorm';

/** Read side of `orders`; writes are plain SQL in the repository. */
@Entity('orders')
export class OrderEntity {
  @PrimaryColumn('text')
  id!: string;

  @Column('text', { name: 'client_id' })
  clientId!: string;

  @Column('text', { name: 'idempotency_key' })
  idempotencyKey!: string;

  @Column('text')
  status!: OrderStatus;

  @Column('text', { nullable: true })
  reference!: string | null;

  @Column('integer', { name: 'total_amount', nullable: true })
  totalAmount!: number | null;

  @Column('text', { nullable: true })
  currency!: string | null;

  @Column('text', { name: 'rejection_reason', nullable: true })
  rejectionReason!: RejectionReason | null;

  @Column('text', { name: 'rejection_detail', nullable: true })
  rejectionDetail!: string | null;

  @Column('text', { name: 'cancelled_by', nullable: true })
  cancelledBy!: string | null;

  @Column('integer', { name: 'created_at' })
  createdAt!: number;

  @Column('integer', { name: 'updated_at' })
  updatedAt!: number;

  @Column('integer')
  version!: number;

  @OneToMany(
    () => OrderItemEntity,
    (item) => item.order,
  )
  items!: Relation<OrderItemEntity>[];
}

@Entity('order_items')
export class OrderItemEntity {
  @PrimaryColumn('text', { name: 'order_id' })
  orderId!: string;

  @PrimaryColumn('integer')
  line!: number;

  /** As the buyer named it until the stock is reserved, the product's id from then on. */
  @Column('text', { name: 'product_id' })
  productId!: string;

  @Column('integer')
  quantity!: number;

  @Column('text', { nullable: true })
  sku!: string | null;

  @Column('text', { nullable: true })
  name!: string | null;

  @Column('integer', { name: 'unit_amount', nullable: true })
  unitAmount!: number | null;

  @Column('text', { nullable: true })
  currency!: string | null;

  @ManyToOne(
    () => OrderEntity,
    (order) => order.items,
  )
  @JoinColumn({ name: 'order_id' })
  order!: Relation<OrderEntity>;
}
