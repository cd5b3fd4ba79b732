import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What finds the keys that may go, without a look at all that may not. */
export class IndexKeysByAge1700000000004 implements MigrationInterface {
  readonly name = 'IndexKeysByAge1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX idempotency_keys_by_age');
  }
}
