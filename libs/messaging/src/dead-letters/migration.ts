import { sqlTypes } from '@holdfast/platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What operators did with dead letters; every service that has a queue with dead letters has it. */
export class CreateDeadLetterActs1700000000100 implements MigrationInterface {
  readonly name = 'CreateDeadLetterActs1700000000100';

  async up(runner: QueryRunner): Promise<void> {
    const { id, integer } = sqlTypes(runner);
    await runner.query(`
      CREATE TABLE dead_letter_acts (
        position       ${id},
        id             TEXT NOT NULL UNIQUE,
        queue          TEXT NOT NULL,
        action         TEXT NOT NULL CHECK (action IN ('redrive', 'discard')),
        scope          TEXT NOT NULL CHECK (scope IN ('one', 'all')),
        filter         TEXT NOT NULL,
        client_id      TEXT NOT NULL,
        reason         TEXT,
        planned        ${integer} NOT NULL,
        done           ${integer} NOT NULL DEFAULT 0,
        max_per_second ${integer},
        state          TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'failed', 'interrupted')),
        detail         TEXT,
        begun_at       ${integer} NOT NULL,
        touched_at     ${integer} NOT NULL,
        ended_at       ${integer},
        CHECK (action <> 'discard' OR reason IS NOT NULL)
      )`);
    // One at a time works a queue's dead letters off, whichever instance of the service does it.
    await runner.query(
      `CREATE UNIQUE INDEX dead_letter_acts_under_way ON dead_letter_acts (queue) WHERE scope = 'all' AND state = 'running'`,
    );
    await runner.query(`
      CREATE TABLE dead_letter_act_letters (
        position      ${id},
        id            TEXT NOT NULL UNIQUE,
        act_id        TEXT NOT NULL REFERENCES dead_letter_acts (id),
        letter_id     TEXT NOT NULL,
        message_id    TEXT NOT NULL,
        pattern       TEXT,
        letter_reason TEXT NOT NULL,
        outcome       TEXT NOT NULL CHECK (outcome IN ('done', 'kept', 'unknown')),
        at            ${integer} NOT NULL
      )`);
    await runner.query('CREATE INDEX dead_letter_act_letters_of_act ON dead_letter_act_letters (act_id, position)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE dead_letter_act_letters');
    await runner.query('DROP TABLE dead_letter_acts');
  }
}
