import pg, { type ClientConfig } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { lockKeyOf } from './postgres-process-lock.js';

/**
 * Brings the schema up to date. Of instances that start at the same time one does it, and the others wait for it.
 *
 * @throws where the server cannot be reached, or would lose what it has committed.
 */
export async function migratePostgres(
  config: ClientConfig,
  url: string,
  migrations: NonNullable<DataSourceOptions['migrations']>,
): Promise<void> {
  const guard = new pg.Client(config);
  guard.on('error', () => undefined);
  await guard.connect();
  try {
    await requireDurability(guard);
    await guard.query('SELECT pg_advisory_lock($1, $2)', await lockKeyOf(guard, 'migrations'));
    await runMigrations(config, url, migrations);
  } finally {
    // The lock goes with its connection.
    await guard.end();
  }
}

/** @throws Error where the server would lose what it has committed. */
export async function requireDurability(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ setting: string }>("SELECT current_setting('synchronous_commit') AS setting");
  if (rows[0]?.setting === 'off') {
    throw new Error('synchronous_commit is off: a crash would undo commits whose messages were acked already');
  }
}

async function runMigrations(
  config: ClientConfig,
  url: string,
  migrations: NonNullable<DataSourceOptions['migrations']>,
): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    driver: pg,
    extra: config,
    migrations,
    migrationsTransactionMode: 'each',
    installExtensions: false,
    poolErrorHandler: () => undefined,
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}
