import { dialectOf, sqlTypes } from '@holdfast/platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

const HEX = '[0-9a-fA-F]';
const UUID = [8, 4, 4, 4, 12].map((digits) => HEX.repeat(digits)).join('-');

/**
 * What stands behind lists of orders, and costs every order: two indexes on `orders`, in which an order moves once when it
 * is decided, and one entry per line. `orders_by_reference` costs only orders that have a reference.
 */
export class IndexOrderLists1700000000003 implements MigrationInterface {
  readonly name = 'IndexOrderLists1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    // All states of a client, or of everyone, are four runs of one index, which a list merges.
    await runner.query('CREATE INDEX orders_of_client ON orders (client_id, status, created_at, id)');
    await runner.query('CREATE INDEX orders_by_status ON orders (status, created_at, id)');
    await runner.query(
      'CREATE INDEX orders_by_reference ON orders (reference, created_at, id, client_id) WHERE reference IS NOT NULL',
    );
    if (dialectOf(runner) === 'sqlite') {
      await this.rebuildItems(runner);
      await this.keepReconcilerFast(runner);
    } else await this.extendItems(runner);
    await runner.query(
      'CREATE INDEX order_items_by_product ON order_items (ordered_as, created_at, order_id, client_id)',
    );
    // For the pruner, which would read all keys to find the old ones.
    await runner.query('CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    const indexes = ['orders_of_client', 'orders_by_status', 'orders_by_reference', 'order_items_by_product'];
    for (const index of [...indexes, 'idempotency_keys_by_age']) await runner.query(`DROP INDEX ${index}`);
    if (dialectOf(runner) === 'sqlite') await this.restoreReconciler(runner);
    for (const column of ['ordered_as', 'client_id', 'created_at'])
      await runner.query(`ALTER TABLE order_items DROP COLUMN ${column}`);
  }

  /**
   * With the columns that their condition fixes: SQLite would else take `orders_by_status` for the reconciler, read every
   * order of the state and sort it. PostgreSQL knows better, and would sort by these: to it a column that is null is not one
   * that is fixed.
   */
  private async keepReconcilerFast(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX orders_pending');
    await runner.query(`CREATE INDEX orders_pending ON orders (status, ask_again_at) WHERE status = 'PENDING'`);
    await runner.query('DROP INDEX orders_unreleased');
    await runner.query(`
      CREATE INDEX orders_unreleased ON orders (status, stock_released_at, ask_again_at)
      WHERE status = 'CANCELLED' AND stock_released_at IS NULL`);
  }

  private async restoreReconciler(runner: QueryRunner): Promise<void> {
    for (const index of ['orders_pending', 'orders_unreleased']) await runner.query(`DROP INDEX ${index}`);
    await runner.query(`CREATE INDEX orders_pending ON orders (ask_again_at) WHERE status = 'PENDING'`);
    await runner.query(
      `CREATE INDEX orders_unreleased ON orders (ask_again_at) WHERE status = 'CANCELLED' AND stock_released_at IS NULL`,
    );
  }

  /**
   * `ordered_as` is the product as the buyer named it, and stays that when `product_id` becomes the product's id: an
   * entry of the index never moves. `client_id` and `created_at` are the order's, so that the index has them. SQLite adds
   * no column that must have a value.
   */
  private async rebuildItems(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE order_items_rebuilt (
        order_id    TEXT    NOT NULL REFERENCES orders (id),
        line        INTEGER NOT NULL,
        product_id  TEXT    NOT NULL,
        quantity    INTEGER NOT NULL CHECK (quantity > 0),
        sku         TEXT,
        name        TEXT,
        unit_amount INTEGER CHECK (unit_amount >= 0),
        currency    TEXT,
        ordered_as  TEXT    NOT NULL,
        client_id   TEXT    NOT NULL,
        created_at  INTEGER NOT NULL,
        PRIMARY KEY (order_id, line)
      ) WITHOUT ROWID`);
    await runner.query(`
      INSERT INTO order_items_rebuilt (order_id, line, product_id, quantity, sku, name, unit_amount, currency, ordered_as,
        client_id, created_at)
      SELECT i.order_id, i.line, i.product_id, i.quantity, i.sku, i.name, i.unit_amount, i.currency,
        CASE WHEN i.product_id GLOB '${UUID}' THEN lower(i.product_id) ELSE i.product_id END, o.client_id, o.created_at
      FROM order_items i JOIN orders o ON o.id = i.order_id`);
    await runner.query('DROP TABLE order_items');
    await runner.query('ALTER TABLE order_items_rebuilt RENAME TO order_items');
  }

  /** The same columns with the same values, on PostgreSQL. */
  private async extendItems(runner: QueryRunner): Promise<void> {
    const { integer, key } = sqlTypes(runner);
    await runner.query(
      `ALTER TABLE order_items ADD COLUMN ordered_as ${key}, ADD COLUMN client_id ${key}, ADD COLUMN created_at ${integer}`,
    );
    await runner.query(`
      UPDATE order_items SET
        ordered_as = CASE WHEN product_id ~ '^${UUID}$' THEN lower(product_id) ELSE product_id END,
        client_id = orders.client_id, created_at = orders.created_at
      FROM orders WHERE orders.id = order_items.order_id`);
    for (const column of ['ordered_as', 'client_id', 'created_at'])
      await runner.query(`ALTER TABLE order_items ALTER COLUMN ${column} SET NOT NULL`);
  }
}
