import { join } from 'node:path';
import { LocalServerError, type PostgresServer, startPostgres } from '@holdfast/local-servers';
import { Environment } from '../start/environment.js';
import { Log } from '../start/log.js';
import { PartDatabase } from '../start/parts.js';
import { StartError } from '../start/start.errors.js';
import { defaultOrFree } from './default-or-free.js';
import { ProvidedServer } from './server-kind.js';
import { ServerPlace } from './server-place.js';

export interface ProvidedPostgres {
  server: ProvidedServer;
  /** The URLs of its databases, by the variables of the parts that have them. */
  urls: Environment;
}

/**
 * Starts the PostgreSQL that npm has installed, as a private process with its data in DATA_DIR, and makes the databases
 * that are not there. It is not looked for elsewhere as the other servers are: they hold what is under way, this one what
 * has to be found again at every start.
 * Throws StartError where it cannot be had.
 */
export async function providePostgres(
  place: ServerPlace,
  databases: readonly PartDatabase[],
  log: Log,
): Promise<ProvidedPostgres> {
  log.info('starting PostgreSQL …');
  try {
    const server = await startPostgres({
      dataDir: join(place.dataDir, 'postgres'),
      port: place.postgresPort ?? (await defaultOrFree(5432)),
    });
    await makeDatabases(server, databases);
    const urls = Object.fromEntries(databases.map(({ name, urlVariable }) => [urlVariable, server.urlOf(name)]));
    return { server: provided(server), urls };
  } catch (error) {
    if (!(error instanceof LocalServerError)) throw error;
    throw new StartError(`${error.message}${adviceFor(error, databases)}`);
  }
}

async function makeDatabases(server: PostgresServer, databases: readonly PartDatabase[]): Promise<void> {
  try {
    for (const { name } of databases) await server.createDatabase(name);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function provided(server: PostgresServer): ProvidedServer {
  return {
    name: 'PostgreSQL',
    url: server.url,
    origin: `started here, data in ${server.folder}`,
    child: { exited: () => server.exited, restart: () => server.restart(), kill: () => server.kill() },
    stop: () => server.stop(),
  };
}

function adviceFor({ code }: LocalServerError, databases: readonly PartDatabase[]): string {
  const variables = databases.map(({ urlVariable }) => urlVariable).join(', ');
  if (code === 'PORT_TAKEN') return ' Set POSTGRES_PORT to a free port or leave it out.';
  if (code === 'SERVER_NOT_INSTALLED') return ` Set ${variables} to databases of a PostgreSQL that you have.`;
  return '';
}
