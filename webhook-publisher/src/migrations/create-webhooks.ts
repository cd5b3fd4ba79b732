import { sqlTypes } from '@holdfast/platform';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateWebhooks1700000000001 implements MigrationInterface {
  readonly name = 'CreateWebhooks1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    const { integer, keyedTable } = sqlTypes(runner);
    // secret and previous_secret are encrypted; failing_since, answered_at and held_until are the system's notes and raise no
    // version.
    await runner.query(`
      CREATE TABLE subscriptions (
        id                    TEXT NOT NULL PRIMARY KEY,
        client_id             TEXT NOT NULL,
        role                  TEXT NOT NULL CHECK (role IN ('client', 'operator')),
        url                   TEXT NOT NULL,
        description           TEXT NOT NULL,
        event_types           TEXT NOT NULL,
        ordering              TEXT NOT NULL CHECK (ordering IN ('per-subject', 'none')),
        max_per_second        ${integer} CHECK (max_per_second > 0),
        enabled               ${integer} NOT NULL CHECK (enabled IN (0, 1)),
        disabled_reason       TEXT CHECK (disabled_reason IN ('REQUESTED', 'GONE', 'FAILING')),
        secret                TEXT NOT NULL,
        previous_secret       TEXT,
        previous_secret_until ${integer},
        failing_since         ${integer},
        answered_at           ${integer},
        held_until            ${integer},
        next_slot_at          ${integer} NOT NULL,
        created_at            ${integer} NOT NULL,
        updated_at            ${integer} NOT NULL,
        deleted_at            ${integer},
        version               ${integer} NOT NULL CHECK (version > 0),
        CHECK ((enabled = 1) = (disabled_reason IS NULL))
      )${keyedTable}`);
    await runner.query('CREATE INDEX subscriptions_of_client ON subscriptions (client_id, id)');
    // Says whether what a process remembers of the subscriptions is still true.
    await runner.query('CREATE TABLE subscriptions_state (token TEXT NOT NULL)');
    await runner.query(`INSERT INTO subscriptions_state (token) VALUES ('')`);
    // deliveries: how many there are of it; a payload goes with the last of them.
    await runner.query(`
      CREATE TABLE payloads (
        event_id       TEXT NOT NULL PRIMARY KEY,
        type           TEXT NOT NULL,
        subject        TEXT NOT NULL,
        data           TEXT NOT NULL,
        correlation_id TEXT NOT NULL,
        occurred_at    ${integer} NOT NULL,
        deliveries     ${integer} NOT NULL CHECK (deliveries >= 0)
      )${keyedTable}`);
    // unfinished = pending + waiting deliveries of the subject.
    await runner.query(`
      CREATE TABLE subjects (
        subscription_id   TEXT NOT NULL,
        subject           TEXT NOT NULL,
        last_sequence     ${integer} NOT NULL,
        last_event_id     TEXT NOT NULL,
        previous_event_id TEXT,
        unfinished        ${integer} NOT NULL CHECK (unfinished >= pending),
        pending           ${integer} NOT NULL CHECK (pending >= 0),
        PRIMARY KEY (subscription_id, subject)
      )${keyedTable}`);
    // due_at of a delivery that is being sent is the end of its lease. tries counts the attempts of this round, which a
    // retry by hand begins anew; attempts counts all.
    await runner.query(`
      CREATE TABLE deliveries (
        id                TEXT NOT NULL PRIMARY KEY,
        subscription_id   TEXT NOT NULL,
        event_id          TEXT NOT NULL,
        event_type        TEXT NOT NULL,
        subject           TEXT NOT NULL,
        sequence          ${integer} NOT NULL,
        previous_event_id TEXT,
        status            TEXT NOT NULL CHECK (status IN ('waiting', 'pending', 'delivered', 'dead', 'failed')),
        attempts          ${integer} NOT NULL,
        tries             ${integer} NOT NULL,
        due_at            ${integer} NOT NULL,
        lease             TEXT,
        created_at        ${integer} NOT NULL,
        finished_at       ${integer},
        CHECK ((status IN ('waiting', 'pending')) = (finished_at IS NULL))
      )${keyedTable}`);
    await runner.query(`
      CREATE INDEX deliveries_due ON deliveries (subscription_id, due_at) WHERE status = 'pending'`);
    await runner.query(`
      CREATE INDEX deliveries_waiting ON deliveries (subscription_id, subject, sequence) WHERE status = 'waiting'`);
    await runner.query('CREATE INDEX deliveries_of_subscription ON deliveries (subscription_id, id)');
    await runner.query(`CREATE INDEX deliveries_dead ON deliveries (subscription_id, id) WHERE status = 'dead'`);
    // Only tests fail for good at their first attempt: nothing else is ever in it.
    await runner.query(`CREATE INDEX deliveries_failed ON deliveries (subscription_id, id) WHERE status = 'failed'`);
    // Of what is not finished, only what has failed before: a delivery that succeeds at once is never in it.
    await runner.query(`
      CREATE INDEX deliveries_retried ON deliveries (subscription_id, created_at)
      WHERE finished_at IS NULL AND tries > 0`);
    await runner.query(`
      CREATE TABLE attempts (
        delivery_id TEXT NOT NULL,
        number      ${integer} NOT NULL,
        at          ${integer} NOT NULL,
        duration_ms ${integer} NOT NULL,
        status      ${integer},
        error       TEXT,
        detail      TEXT,
        answer      TEXT,
        PRIMARY KEY (delivery_id, number)
      )${keyedTable}`);
    // What is left to do of replays that were asked for; after_id is how far each is.
    await runner.query(`
      CREATE TABLE replays (
        id              TEXT NOT NULL PRIMARY KEY,
        subscription_id TEXT NOT NULL,
        event_types     TEXT NOT NULL,
        only_missing    ${integer} NOT NULL,
        after_id        TEXT NOT NULL,
        until_id        TEXT NOT NULL
      )${keyedTable}`);
    // Postponed deliveries that are still to be made due; after_at and after_id are how far each subscription is.
    await runner.query(`
      CREATE TABLE releases (
        subscription_id TEXT NOT NULL PRIMARY KEY,
        after_at        ${integer} NOT NULL,
        after_id        TEXT NOT NULL
      )${keyedTable}`);
    // answer is encrypted, and gone with its subscription; the key stays taken.
    await runner.query(`
      CREATE TABLE idempotency_keys (
        client_id       TEXT NOT NULL,
        key             TEXT NOT NULL,
        fingerprint     TEXT NOT NULL,
        subscription_id TEXT NOT NULL,
        answer          TEXT,
        created_at      ${integer} NOT NULL,
        PRIMARY KEY (client_id, key)
      )${keyedTable}`);
    await runner.query('CREATE INDEX idempotency_keys_of_subscription ON idempotency_keys (subscription_id)');
    await runner.query(`
      CREATE TABLE audit (
        id              TEXT NOT NULL PRIMARY KEY,
        at              ${integer} NOT NULL,
        client_id       TEXT NOT NULL,
        role            TEXT NOT NULL,
        action          TEXT NOT NULL,
        subscription_id TEXT NOT NULL,
        detail          TEXT NOT NULL
      )${keyedTable}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'audit',
      'idempotency_keys',
      'releases',
      'replays',
      'attempts',
      'deliveries',
      'subjects',
      'payloads',
    ];
    for (const table of [...tables, 'subscriptions_state', 'subscriptions']) await runner.query(`DROP TABLE ${table}`);
  }
}
