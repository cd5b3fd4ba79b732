import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Acts know the idempotency key under which they were asked for, for as long as they are kept, which is for good. */
export class KeyDeadLetterActs1700000000101 implements MigrationInterface {
  readonly name = 'KeyDeadLetterActs1700000000101';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE dead_letter_acts ADD COLUMN idempotency_key TEXT');
    await runner.query('ALTER TABLE dead_letter_acts ADD COLUMN fingerprint TEXT');
    await runner.query(
      'CREATE UNIQUE INDEX dead_letter_acts_of_key ON dead_letter_acts (client_id, idempotency_key) WHERE idempotency_key IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX dead_letter_acts_of_key');
    await runner.query('ALTER TABLE dead_letter_acts DROP COLUMN fingerprint');
    await runner.query('ALTER TABLE dead_letter_acts DROP COLUMN idempotency_key');
  }
}
