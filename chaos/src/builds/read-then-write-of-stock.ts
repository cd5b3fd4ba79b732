import { type BrokenBuild } from './broken-build.js';

export const readThenWriteOfStock: BrokenBuild = {
  name: 'read-then-write-of-stock',
  breaks: 'Stock is read, compared and written, by two statements instead of one that is guarded.',
  caughtBy: ['C'],
  // Where one connection writes, nobody else writes between the two.
  dialects: ['postgres'],
  // However many transactions of one process run side by side: those of two do.
  instances: 2,
  needs: 'Many orders for one product at once.',
  replacements: [
    {
      module: 'products-service/dist/outbound/sql-stock.repository.js',
      find: `if (tx.dialect === 'postgres')
            return tx.get(RESERVE_AND_ENTER, [...taking, quantity, quantity, orderId, at]);`,
      put: `if (tx.dialect === 'postgres') {
            const seen = await tx.get('SELECT available, low_stock_threshold AS "lowStockThreshold" FROM products WHERE id = ?', [productId]);
            if (!seen || seen.available < quantity)
                return undefined;
            await new Promise((others) => setTimeout(others, 5));
            const left = { ...seen, available: seen.available - quantity };
            await tx.run('UPDATE products SET available = ?, reserved = reserved + ?, version = version + 1, updated_at = ? WHERE id = ?', [left.available, quantity, at, productId]);
            await enterMovement(tx, { productId, kind: 'reserve', available: -quantity, reserved: quantity, orderId, at });
            return left;
        }`,
    },
  ],
};
