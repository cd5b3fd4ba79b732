import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalServerError } from './local-server.errors.js';
import { becomesTrue } from './poll.js';
import { identityOf, signal } from './process-identity.js';

/** Who runs on a data directory, and who started it; kept in a file there while the server lives. */
interface ProcessRecord {
  pid: number;
  identity: string;
  ownerPid: number;
  ownerIdentity: string;
  stopSignal: StopSignal;
}

/** What asks a server to stop cleanly. */
export type StopSignal = 'SIGTERM' | 'SIGINT';

/** Where a RabbitMQ with this data directory is recorded. */
export function rabbitmqRecordFile(dataDir: string): string {
  return join(dataDir, 'rabbitmq.process.json');
}

/** Where the port mapper of a RabbitMQ cluster with this data directory is recorded. */
export function epmdRecordFile(dataDir: string): string {
  return join(dataDir, 'epmd.process.json');
}

/** Where a Redis with this data directory is recorded. */
export function redisRecordFile(dataDir: string): string {
  return join(dataDir, 'redis.process.json');
}

/** Where a PostgreSQL with this data directory is recorded. */
export function postgresRecordFile(dataDir: string): string {
  return join(dataDir, 'postgres.process.json');
}

export function writeRecord(file: string, pid: number, stopSignal: StopSignal): void {
  const record: ProcessRecord = {
    pid,
    identity: identityOf(pid) ?? '',
    ownerPid: process.pid,
    ownerIdentity: identityOf(process.pid) ?? '',
    stopSignal,
  };
  writeFileSync(file, JSON.stringify(record), { mode: 0o600 });
}

export function removeRecord(file: string): void {
  rmSync(file, { force: true });
}

/**
 * Stops the process that a killed one left behind, as recorded in `file`; does nothing when there is none.
 * Throws DATA_DIR_IN_USE when the process that started it is still alive.
 */
export async function stopStale(file: string): Promise<void> {
  const record = readRecord(file);
  if (record === undefined) return;
  const runs = () => identityOf(record.pid) === record.identity;
  if (runs()) {
    if (identityOf(record.ownerPid) === record.ownerIdentity) {
      throw new LocalServerError(
        'DATA_DIR_IN_USE',
        `Process ${record.ownerPid} already runs what ${file} records; stop that one first.`,
      );
    }
    await terminate(record.pid, record.stopSignal, runs, 15_000);
  }
  removeRecord(file);
}

/** `stopSignal` to the process; when it is gone, or after `timeoutMs`, SIGKILL to what is left of its group. */
export async function terminate(
  pid: number,
  stopSignal: StopSignal,
  runs: () => boolean,
  timeoutMs: number,
): Promise<void> {
  signal(pid, stopSignal);
  await becomesTrue(() => !runs(), { timeoutMs });
  signal(-pid, 'SIGKILL');
  await becomesTrue(() => !runs(), { timeoutMs: 5_000 });
}

function readRecord(file: string): ProcessRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord;
  } catch {
    return undefined;
  }
}
