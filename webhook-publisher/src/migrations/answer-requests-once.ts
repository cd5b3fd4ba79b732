import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * Answers are kept for every request with a key, not for creations only, and outlive what they are about: a repeat gets
 * the first answer whatever has become of it.
 */
export class AnswerRequestsOnce1700000000002 implements MigrationInterface {
  readonly name = 'AnswerRequestsOnce1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    // Those of deleted webhooks, which had lost their answers: there is nothing to repeat.
    await runner.query('DELETE FROM idempotency_keys WHERE answer IS NULL');
    await runner.query('DROP INDEX idempotency_keys_of_subscription');
    await runner.query('ALTER TABLE idempotency_keys DROP COLUMN subscription_id');
    // Id of the message that was answered first: the same again is no repeat of the caller's.
    await runner.query('ALTER TABLE idempotency_keys ADD COLUMN request_id TEXT');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE idempotency_keys DROP COLUMN request_id');
    await runner.query(`ALTER TABLE idempotency_keys ADD COLUMN subscription_id TEXT NOT NULL DEFAULT ''`);
    await runner.query('CREATE INDEX idempotency_keys_of_subscription ON idempotency_keys (subscription_id)');
  }
}
