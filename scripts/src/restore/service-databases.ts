import { join } from 'node:path';
import {
  type DatabaseLocation,
  databaseLocation,
  messageOf,
  openToRead,
  type Queries,
  type ReadableDatabase,
} from '@holdfast/platform';

export type StoreName = 'orders' | 'products' | 'webhooks';

/** Where a service keeps its data, by the variables that the service reads itself. */
export function locationOf(name: StoreName, env: NodeJS.ProcessEnv): DatabaseLocation {
  const url = env[`${name.toUpperCase()}_DATABASE_URL`] || undefined;
  return databaseLocation(url, join(env.DATA_DIR || '.data', `${name}.db`));
}

/** Lends databases that are only read, whether their services run or not. */
export async function reading<const Names extends readonly StoreName[], T>(
  names: Names,
  env: NodeJS.ProcessEnv,
  work: (...databases: { [Index in keyof Names]: Queries }) => Promise<T>,
): Promise<T> {
  const databases: ReadableDatabase[] = [];
  try {
    for (const name of names) databases.push(await open(name, env));
    return await work(...(databases.map(({ queries }) => queries) as { [Index in keyof Names]: Queries }));
  } finally {
    for (const database of databases) await database.close();
  }
}

async function open(name: StoreName, env: NodeJS.ProcessEnv): Promise<ReadableDatabase> {
  try {
    return await openToRead(locationOf(name, env));
  } catch (error) {
    const variables = `DATA_DIR or ${name.toUpperCase()}_DATABASE_URL`;
    throw new Error(`Cannot read the database of ${name}: ${messageOf(error)}. Is ${variables} set?`, { cause: error });
  }
}
