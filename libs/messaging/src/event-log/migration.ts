import { sqlTypes } from '@holdfast/platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** The tables of the consumer pipeline and the event log; every service that has rules of its own has them. */
export class CreateEventLogAndInbox1700000000000 implements MigrationInterface {
  readonly name = 'CreateEventLogAndInbox1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    const { id, integer, keyedTable } = sqlTypes(runner);
    await runner.query(`
      CREATE TABLE inbox (
        message_id   TEXT NOT NULL,
        consumer     TEXT NOT NULL,
        processed_at ${integer} NOT NULL,
        PRIMARY KEY (message_id, consumer)
      )${keyedTable}`);
    await runner.query(`
      CREATE TABLE events (
        position    ${id},
        id          TEXT NOT NULL,
        stream_id   TEXT NOT NULL,
        version     ${integer} NOT NULL CHECK (version > 0),
        type        TEXT NOT NULL,
        payload     TEXT NOT NULL,
        metadata    TEXT NOT NULL,
        occurred_at ${integer} NOT NULL,
        UNIQUE (stream_id, version)
      )`);
    await runner.query(`
      CREATE TABLE republications (
        id       ${id},
        position ${integer} NOT NULL REFERENCES events (position)
      )`);
    await runner.query(`CREATE TABLE relay_position (position ${integer} NOT NULL)`);
    await runner.query('INSERT INTO relay_position (position) VALUES (0)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['relay_position', 'republications', 'events', 'inbox'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
