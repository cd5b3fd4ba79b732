import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { postgresRecordFile, rabbitmqRecordFile, redisRecordFile, stopStale } from '@holdfast/local-servers';
import { providePostgres } from '../servers/provide-postgres.js';
import { provideServer } from '../servers/provide-server.js';
import { rabbitmqKind } from '../servers/rabbitmq-kind.js';
import { redisKind } from '../servers/redis-kind.js';
import { ProvidedServer } from '../servers/server-kind.js';
import { serverPlace } from '../servers/server-place.js';
import { announcement } from './announcement.js';
import { provideApiKeys } from './api-keys.js';
import { callbackRows } from './callback-rows.js';
import { exampleSku } from './catalogue.js';
import { lockDataDir } from './data-dir-lock.js';
import { provideEncryptionKey } from './encryption-key.js';
import { dataDirOf, Environment } from './environment.js';
import { instanceRows } from './instance-rows.js';
import { keepRunning } from './keep-running.js';
import { Log } from './log.js';
import { databasesOnPostgres, keepDatabases } from './part-databases.js';
import { partEnvironment } from './part-environment.js';
import { baseUrlOf, Part, PartDatabase, recordFolder } from './parts.js';
import { requirePorts } from './required-ports.js';
import { RunningSystem } from './running-system.js';
import { seedCatalogue } from './seed-catalogue.js';
import { StartInterrupted } from './start.errors.js';
import { StartOptions } from './start-options.js';
import { startParts } from './start-parts.js';
import { subscribeParts, withoutSubscribers } from './subscribe-parts.js';

export interface LaunchPlan {
  /** The repository. */
  root: string;
  /** Every instance. */
  parts: readonly Part[];
  options: StartOptions;
  environment: Environment;
  log: Log;
  /** Aborted when the person asks to stop, also in the middle of the start. */
  stopping: AbortSignal;
}

/**
 * Starts everything and returns when all parts are ready and the announcement is printed. What was started is added to
 * `system` as it comes up, so that the caller can stop it whatever happens.
 * Rejects with StartError, or with StartInterrupted once `stopping` is aborted.
 */
export async function launch(system: RunningSystem, plan: LaunchPlan): Promise<void> {
  const { root, parts, environment, log, stopping } = plan;
  const dataDir = dataDirOf(environment, root);
  system.releaseDataDir = lockDataDir(dataDir);
  const databases = databasesOnPostgres(parts, plan.options, environment, dataDir);
  await stopLeftovers(dataDir);
  await requirePorts(parts, environment);
  const keys = provideApiKeys(environment, dataDir);
  const encryptionKey = provideEncryptionKey(environment, dataDir);

  const databaseUrls = await startServers(system, plan, databases, dataDir);
  stopIf(stopping);
  // Once more: starting a broker takes seconds, and somebody else's server on our port would pass for our part.
  await requirePorts(parts, environment);
  const forParts = partEnvironment(environment, system.servers, { dataDir, keys, encryptionKey, databaseUrls });
  const context = { root, dataDir, log, stopping };
  await startParts(system, withoutSubscribers(parts), { ...context, environment: forParts });

  const gateway = parts.find(({ name }) => name === 'gateway');
  const gatewayUrl = gateway === undefined ? '' : baseUrlOf(gateway, environment);
  if (gateway !== undefined) await seedCatalogue(gatewayUrl, keys, dataDir, log);
  const subscribed = await subscribeParts(parts, gatewayUrl, forParts, keys, dataDir, log);
  stopIf(stopping);
  const forFunctions = { ...forParts, ...subscribed.secrets };
  await startParts(system, subscribed.parts, { ...context, environment: forFunctions });
  log.block(
    announcement({
      gatewayUrl,
      dataDir,
      keys,
      servers: system.servers,
      sku: exampleSku,
      instances: instanceRows(parts, forParts),
      databaseUrls,
      callbacks: callbackRows(forParts, subscribed.parts, gatewayUrl),
    }),
  );
  superviseAll(system, plan);
}

/** What a launcher that was killed left behind on this data would hold the ports that we are about to ask for. */
async function stopLeftovers(dataDir: string): Promise<void> {
  const folder = recordFolder(dataDir);
  const ofParts = existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : [];
  const records = [
    ...ofParts,
    rabbitmqRecordFile(join(dataDir, 'rabbitmq')),
    redisRecordFile(join(dataDir, 'redis')),
    postgresRecordFile(join(dataDir, 'postgres')),
  ];
  await Promise.all(records.map((file) => stopStale(file)));
}

/** Answers the URLs of the databases that are on a PostgreSQL of ours. */
async function startServers(
  system: RunningSystem,
  { root, environment, log, stopping }: LaunchPlan,
  databases: readonly PartDatabase[],
  dataDir: string,
): Promise<Environment> {
  const place = serverPlace(root, dataDir, environment);
  const started = (server: ProvidedServer) => {
    system.servers.push(server);
    log.info(`${server.name}: ${server.origin}`);
    stopIf(stopping);
  };
  for (const kind of [rabbitmqKind(place), redisKind(place)]) {
    started(await provideServer(kind, environment, root, log));
  }
  if (databases.length === 0) return {};
  const { server, urls } = await providePostgres(place, databases, log);
  keepDatabases(dataDir, databases);
  started(server);
  return urls;
}

function superviseAll(system: RunningSystem, { log, stopping }: LaunchPlan): void {
  for (const part of system.parts) {
    const restart = async () => {
      await part.start();
      // A part that waits for the broker may take any time; what matters is whether it ends.
      await part.becomesReady(Number.POSITIVE_INFINITY);
    };
    void keepRunning({ name: part.name, exited: () => part.exited(), restart }, log, stopping);
  }
  for (const { name, child } of system.servers) {
    if (child !== undefined) void keepRunning({ name, ...child }, log, stopping);
  }
}

function stopIf(stopping: AbortSignal): void {
  if (stopping.aborted) throw new StartInterrupted();
}
