import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Refused adjustments are kept for some time only; those that are too old are found without a look at those that were made. */
export class IndexRefusedAdjustments1700000000005 implements MigrationInterface {
  readonly name = 'IndexRefusedAdjustments1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    // With the column of its condition, or SQLite takes the index that keeps movements unique, and sorts what it finds there.
    await runner.query(`
      CREATE INDEX adjustment_refusals_by_age ON adjustment_requests (movement_position, created_at)
      WHERE movement_position IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX adjustment_refusals_by_age');
  }
}
