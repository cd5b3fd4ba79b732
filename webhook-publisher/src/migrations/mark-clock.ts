import { sqlTypes } from '@holdfast/platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What is needed to see that a clock was ahead, and what it had scheduled. */
export class MarkClock1700000000003 implements MigrationInterface {
  readonly name = 'MarkClock1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    const { integer } = sqlTypes(runner);
    // The latest time that a process has believed it to be, and when one agreed last with the database server's clock, by
    // that clock.
    await runner.query(`CREATE TABLE clock_mark (latest ${integer} NOT NULL, agreed_at ${integer} NOT NULL)`);
    await runner.query('INSERT INTO clock_mark (latest, agreed_at) VALUES (0, 0)');
    // When an endpoint asked to be left alone until held_until.
    await runner.query(`ALTER TABLE subscriptions ADD COLUMN held_at ${integer}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE subscriptions DROP COLUMN held_at');
    await runner.query('DROP TABLE clock_mark');
  }
}
