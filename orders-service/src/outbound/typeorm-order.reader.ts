import { type DataSource } from 'typeorm';
import { type OrderReader } from '../app/ports.js';
import { type Order } from '../domain/order.js';
import { OrderEntity } from './order.entity.js';
import { orderOf } from './order.rows.js';

/** Reads orders through their entities, on the read-only connection. */
export class TypeormOrderReader implements OrderReader {
  constructor(private readonly reads: DataSource) {}

  async find(orderId: string): Promise<Order | undefined> {
    // findOne would ask twice: for the id of the one, and then for the order.
    const [found] = await this.reads.getRepository(OrderEntity).find({
      where: { id: orderId },
      relations: { items: true },
      order: { items: { line: 'ASC' } },
    });
    if (!found) return undefined;
    const { items, ...row } = found;
    return orderOf(row, items);
  }
}
