import { ProvidedServer } from '../servers/server-kind.js';
import { ApiKeys } from './api-keys.js';
import { Environment } from './environment.js';

/** Subscribers that a developer runs, and the edge functions, are on this machine and speak http. */
const CALLBACKS_TO_THIS_MACHINE = { WEBHOOK_ALLOW_HTTP: 'true', WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8' };

export interface OwnSettings {
  dataDir: string;
  keys: ApiKeys;
  encryptionKey: string;
  /** URLs of the databases that are on a PostgreSQL of ours. */
  databaseUrls: Environment;
}

/** What is set, on top of what a system on a developer's machine is like, with the servers and secrets that it has. */
export function partEnvironment(
  environment: Environment,
  servers: readonly ProvidedServer[],
  { dataDir, keys, encryptionKey, databaseUrls }: OwnSettings,
): Environment {
  const url = (name: string) => servers.find((server) => server.name === name)?.url ?? '';
  return {
    NODE_ENV: 'development',
    LOG_LEVEL: 'info',
    HOST: '127.0.0.1',
    ...CALLBACKS_TO_THIS_MACHINE,
    ...environment,
    ...databaseUrls,
    // Everything stops at once here, so that a gateway which went on serving would have nobody behind it.
    SHUTDOWN_DRAIN_MS: '0',
    AMQP_URL: url('RabbitMQ'),
    REDIS_URL: url('Redis'),
    DATA_DIR: dataDir,
    API_KEYS: keys.value,
    WEBHOOK_ENCRYPTION_KEY: encryptionKey,
  };
}
