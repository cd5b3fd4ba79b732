import { newId } from '@holdfast/contracts';
import { appendEvent } from '@holdfast/messaging';
import { ProductEntity } from '../src/outbound/product.entity.js';
import { SqlReservationRepository } from '../src/outbound/sql-reservation.repository.js';
import { enterMovement } from '../src/outbound/stock-movement.sql.js';
import { anOrigin, type ProductsDatabase } from './products-database.js';

/** One unit the way tutorials sell it: find, look, save what was found less one. It is here to be caught. */
export async function reserveNaively(database: ProductsDatabase, sku: string): Promise<void> {
  const product = await database.reads.getRepository(ProductEntity).findOneByOrFail({ sku });
  const { id: productId, available, reserved } = product;
  if (available < 1) return;
  const orderId = newId();
  const unitPrice = { amount: product.priceAmount, currency: product.priceCurrency };
  const items = [{ productId, quantity: 1, sku, name: product.name, unitPrice }];
  const data = { orderId, clientId: 'shop', idempotencyKey: orderId, reserved: true as const, items, total: unitPrice };
  await database.unitOfWork.run(async (tx) => {
    await tx.run('UPDATE products SET available = ?, reserved = ? WHERE id = ?', [
      available - 1,
      reserved + 1,
      productId,
    ]);
    await enterMovement(tx, { productId, kind: 'reserve', available: -1, reserved: 1, orderId, at: Date.now() });
    const event = { streamId: `reservation/${orderId}`, type: 'product.stockReserved' as const, data };
    await appendEvent(tx, event, anOrigin());
    const demands = [{ offer: { ...product, price: unitPrice }, quantity: 1 }];
    await new SqlReservationRepository().insert(tx, { orderId, status: 'RESERVED', demands });
  });
}
