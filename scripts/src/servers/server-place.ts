import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Environment, explicitPort } from '../start/environment.js';

/** Where this system's servers live, and what was asked for them. */
export interface ServerPlace {
  root: string;
  dataDir: string;
  /** Names this system among others on a shared server; kept in DATA_DIR. */
  systemId: string;
  amqpPort: number | undefined;
  managementPort: number | undefined;
  redisPort: number | undefined;
  postgresPort: number | undefined;
  /** The login that docker-compose.yml gives its RabbitMQ, with the same defaults as there. */
  composeLogin: { user: string; password: string };
}

/** Throws StartError when a port variable is not a port. */
export function serverPlace(root: string, dataDir: string, environment: Environment): ServerPlace {
  return {
    root,
    dataDir,
    systemId: systemIdOf(dataDir),
    amqpPort: explicitPort(environment, 'AMQP_PORT'),
    managementPort: explicitPort(environment, 'MANAGEMENT_PORT'),
    redisPort: explicitPort(environment, 'REDIS_PORT'),
    postgresPort: explicitPort(environment, 'POSTGRES_PORT'),
    composeLogin: {
      user: environment.RABBITMQ_USER ?? 'holdfast',
      password: environment.RABBITMQ_PASSWORD ?? 'holdfast-local',
    },
  };
}

function systemIdOf(dataDir: string): string {
  const file = join(dataDir, 'system-id');
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const systemId = randomBytes(5).toString('hex');
  writeFileSync(file, `${systemId}\n`);
  return systemId;
}
