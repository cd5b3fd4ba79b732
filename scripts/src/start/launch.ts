import { join } from 'node:path';
import { rabbitmqRecordFile, redisRecordFile, stopStale } from '@holdfast/local-servers';
import { provideServer } from '../servers/provide-server.js';
import { rabbitmqKind } from '../servers/rabbitmq-kind.js';
import { redisKind } from '../servers/redis-kind.js';
import { serverPlace } from '../servers/server-place.js';
import { announcement } from './announcement.js';
import { provideApiKeys } from './api-keys.js';
import { callbackRows } from './callback-rows.js';
import { exampleSku } from './catalogue.js';
import { lockDataDir } from './data-dir-lock.js';
import { provideEncryptionKey } from './encryption-key.js';
import { dataDirOf, Environment } from './environment.js';
import { keepRunning } from './keep-running.js';
import { Log } from './log.js';
import { partEnvironment } from './part-environment.js';
import { PartProcess } from './part-process.js';
import { baseUrlOf, Part, partRecordFile } from './parts.js';
import { requirePorts } from './required-ports.js';
import { RunningSystem } from './running-system.js';
import { seedCatalogue } from './seed-catalogue.js';
import { StartError, StartInterrupted } from './start.errors.js';
import { subscribeParts, withoutSubscribers } from './subscribe-parts.js';

/** A part that migrates a large database takes a while; one that hangs should be named within a minute. */
const READY_TIMEOUT_MS = 60_000;

export interface LaunchOptions {
  /** The repository. */
  root: string;
  parts: readonly Part[];
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
export async function launch(system: RunningSystem, options: LaunchOptions): Promise<void> {
  const { root, parts, environment, log, stopping } = options;
  const dataDir = dataDirOf(environment, root);
  system.releaseDataDir = lockDataDir(dataDir);
  await stopLeftovers(dataDir, parts);
  await requirePorts(parts, environment);
  const keys = provideApiKeys(environment, dataDir);
  const encryptionKey = provideEncryptionKey(environment, dataDir);

  await startServers(system, options, dataDir);
  stopIf(stopping);
  // Once more: starting a broker takes seconds, and somebody else's server on our port would pass for our part.
  await requirePorts(parts, environment);
  const forParts = partEnvironment(environment, system.servers, { dataDir, keys, encryptionKey });
  await startParts(system, options, withoutSubscribers(parts), forParts, dataDir);

  const gateway = parts.find(({ name }) => name === 'gateway');
  const gatewayUrl = gateway === undefined ? '' : baseUrlOf(gateway, environment);
  if (gateway !== undefined) await seedCatalogue(gatewayUrl, keys, dataDir, log);
  const subscribed = await subscribeParts(parts, gatewayUrl, forParts, keys, dataDir, log);
  stopIf(stopping);
  await startParts(system, options, subscribed.parts, { ...forParts, ...subscribed.secrets }, dataDir);
  log.block(
    announcement({
      gatewayUrl,
      dataDir,
      keys,
      servers: system.servers,
      sku: exampleSku,
      callbacks: callbackRows(forParts, subscribed.parts, gatewayUrl),
    }),
  );
  superviseAll(system, options);
}

/** What a launcher that was killed left behind on this data would hold the ports that we are about to ask for. */
async function stopLeftovers(dataDir: string, parts: readonly Part[]): Promise<void> {
  const records = [
    ...parts.map((part) => partRecordFile(dataDir, part)),
    rabbitmqRecordFile(join(dataDir, 'rabbitmq')),
    redisRecordFile(join(dataDir, 'redis')),
  ];
  await Promise.all(records.map((file) => stopStale(file)));
}

async function startServers(system: RunningSystem, options: LaunchOptions, dataDir: string): Promise<void> {
  const { root, environment, log, stopping } = options;
  const place = serverPlace(root, dataDir, environment);
  for (const kind of [rabbitmqKind(place), redisKind(place)]) {
    const server = await provideServer(kind, environment, root, log);
    system.servers.push(server);
    log.info(`${server.name}: ${server.origin}`);
    stopIf(stopping);
  }
}

async function startParts(
  system: RunningSystem,
  options: LaunchOptions,
  parts: readonly Part[],
  environment: Environment,
  dataDir: string,
): Promise<void> {
  if (parts.length === 0) return;
  const { root, log, stopping } = options;
  const started: PartProcess[] = [];
  for (const part of parts) {
    const process = new PartProcess(part, { root, dataDir, environment, log });
    await process.start();
    system.parts.push(process);
    started.push(process);
  }
  log.info(`waiting for ${started.map(({ name }) => name).join(', ')} …`);
  await Promise.race([Promise.all(started.map((part) => untilReady(part, log))), untilAborted(stopping)]);
  stopIf(stopping);
}

async function untilReady(part: PartProcess, log: Log): Promise<void> {
  const started = Date.now();
  let reason = `it is not ready after ${READY_TIMEOUT_MS / 1_000} s`;
  try {
    if (await part.becomesReady(READY_TIMEOUT_MS)) {
      log.info(`${part.name} is ready (${((Date.now() - started) / 1_000).toFixed(1)} s)`);
      return;
    }
  } catch (error) {
    reason = (error as Error).message;
  }
  throw new PartStartError(part, reason);
}

/** Carries the part, so that its last lines can be shown after everything else has stopped talking. */
export class PartStartError extends StartError {
  constructor(
    readonly part: PartProcess,
    reason: string,
  ) {
    super(`${part.name} does not start: ${reason}.`);
  }
}

function superviseAll(system: RunningSystem, { log, stopping }: LaunchOptions): void {
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

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function stopIf(stopping: AbortSignal): void {
  if (stopping.aborted) throw new StartInterrupted();
}
