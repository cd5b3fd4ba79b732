import Database from 'better-sqlite3';
import pg from 'pg';

export interface DatabaseReader {
  all<Row>(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

const INT8 = 20;
const NUMERIC = 1700;

/**
 * Reads what a service has committed, past the service. Numbers come as numbers from either database.
 *
 * @param location a SQLite file's path, or postgres://…
 */
export async function openReader(location: string): Promise<DatabaseReader> {
  return location.startsWith('postgres://') ? readPostgres(location) : readSqlite(location);
}

function readSqlite(file: string): DatabaseReader {
  const database = new Database(file, { readonly: true });
  return {
    all: async <Row>(sql: string) => database.prepare<[], Row>(sql).all(),
    close: async () => {
      database.close();
    },
  };
}

async function readPostgres(url: string): Promise<DatabaseReader> {
  const client = new pg.Client({ connectionString: url, types: { getTypeParser } });
  client.on('error', () => undefined);
  await client.connect();
  // One moment for all that is read.
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  return { all: async <Row>(sql: string) => (await client.query(sql)).rows as Row[], close: () => client.end() };
}

const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (id, format) =>
  id === INT8 || id === NUMERIC ? Number : pg.types.getTypeParser(id, format);
