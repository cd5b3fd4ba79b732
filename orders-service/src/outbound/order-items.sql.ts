import { type OrderLine, type SoldLine } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type Order } from '../domain/order.js';
import { productNameOf } from '../domain/product-name.js';

// SQLite runs a statement in the process, and a prepared one per line is the quickest it has.
const INSERT_ITEM = `
  INSERT INTO order_items (order_id, line, product_id, quantity, ordered_as, client_id, created_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;

const SELL_ITEM = `
  UPDATE order_items SET product_id = ?, sku = ?, name = ?, unit_amount = ?, currency = ? WHERE order_id = ? AND line = ?`;

// To PostgreSQL every statement is a round trip, so all lines go in one. As JSON: the text of the statement is the same
// for any number of them, and prepared once.
const INSERT_ITEMS = `
  INSERT INTO order_items (order_id, line, product_id, quantity, ordered_as, client_id, created_at)
  SELECT ?, line, "productId", quantity, "orderedAs", ?, CAST(? AS BIGINT)
  FROM json_to_recordset(?) AS given (line BIGINT, "productId" TEXT, quantity BIGINT, "orderedAs" TEXT)`;

const SELL_ITEMS = `
  UPDATE order_items SET product_id = sold."productId", sku = sold.sku, name = sold.name,
    unit_amount = sold."unitAmount", currency = sold.currency
  FROM json_to_recordset(?)
    AS sold (line BIGINT, "productId" TEXT, sku TEXT, name TEXT, "unitAmount" BIGINT, currency TEXT)
  WHERE order_items.order_id = ? AND order_items.line = sold.line`;

const ITEMS_OF = `
  SELECT product_id AS "productId", quantity FROM order_items WHERE order_id = ? ORDER BY line`;

/** Stores the lines of an order that is stored in the same transaction. */
export async function insertItems(tx: Transaction, { id, clientId, createdAt, lines }: Order): Promise<void> {
  const rows = lines.map(({ productId, quantity }, line) => {
    return { line, productId, quantity, orderedAs: productNameOf(productId) };
  });
  if (tx.dialect === 'postgres') {
    await tx.run(INSERT_ITEMS, [id, clientId, createdAt, JSON.stringify(rows)]);
    return;
  }
  for (const { line, productId, quantity, orderedAs } of rows) {
    await tx.run(INSERT_ITEM, [id, line, productId, quantity, orderedAs, clientId, createdAt]);
  }
}

/** Gives the lines of an order the names and prices that they are sold for. */
export async function sellItems(tx: Transaction, orderId: string, lines: readonly SoldLine[]): Promise<void> {
  const rows = lines.map(({ productId, sku, name, unitPrice }, line) => {
    return { line, productId, sku, name, unitAmount: unitPrice.amount, currency: unitPrice.currency };
  });
  if (tx.dialect === 'postgres') {
    await tx.run(SELL_ITEMS, [JSON.stringify(rows), orderId]);
    return;
  }
  for (const { line, productId, sku, name, unitAmount, currency } of rows) {
    await tx.run(SELL_ITEM, [productId, sku, name, unitAmount, currency, orderId, line]);
  }
}

/** The lines of an order as they were ordered; of one that is sold, with the ids of its products. */
export function itemsOf(tx: Transaction, orderId: string): Promise<OrderLine[]> {
  return tx.all<OrderLine>(ITEMS_OF, [orderId]);
}
