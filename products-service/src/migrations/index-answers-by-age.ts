import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Answers are kept for some time only; what is too old is found without a look at the others. */
export class IndexAnswersByAge1700000000004 implements MigrationInterface {
  readonly name = 'IndexAnswersByAge1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX product_creations_by_age ON product_creations (created_at)');
    await runner.query('CREATE INDEX product_changes_by_age ON product_changes (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['product_changes', 'product_creations']) await runner.query(`DROP INDEX ${table}_by_age`);
  }
}
