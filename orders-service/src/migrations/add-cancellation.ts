import { sqlTypes } from '@holdfast/platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class AddCancellation1700000000002 implements MigrationInterface {
  readonly name = 'AddCancellation1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    // Id of the request that cancelled the order, so that its repeat is known.
    await runner.query('ALTER TABLE orders ADD COLUMN cancelled_by TEXT');
    // When products-service said that a cancelled order holds no stock any more; null until then.
    await runner.query(`ALTER TABLE orders ADD COLUMN stock_released_at ${sqlTypes(runner).integer}`);
    // Only what the reconciler looks for: a few rows, however many orders there are.
    await runner.query(
      `CREATE INDEX orders_unreleased ON orders (ask_again_at) WHERE status = 'CANCELLED' AND stock_released_at IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX orders_unreleased');
    await runner.query('ALTER TABLE orders DROP COLUMN stock_released_at');
    await runner.query('ALTER TABLE orders DROP COLUMN cancelled_by');
  }
}
