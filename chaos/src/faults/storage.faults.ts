import { waitUntil } from '@holdfast/testing';
import Database from 'better-sqlite3';
import { OWNERS } from '../stand/databases.js';
import { type Stand } from '../stand/stand.js';
import { type Fault, FaultFailure } from './fault.js';
import { pause } from './pause.js';

const needsDisk = ({ disk }: Stand) => (disk ? undefined : 'needs to mount a disk of its own, which takes root');
const needsSqlite = ({ databases }: Stand) => (databases.server ? 'PostgreSQL has no file to be locked' : undefined);
const needsPostgres = ({ databases }: Stand) => (databases.server ? undefined : 'needs PostgreSQL');

/** A database's own words, as its service repeats them: SQLITE_FULL, and ENOSPC as PostgreSQL has it. */
const DISK_FULL = /database or disk is full|No space left on device/;

const REFUSES_WITHIN_MS = 60_000;

/** @returns whether, from now on, a service was told that the disk is full, or PostgreSQL has given up. */
function refusals({ instances, databases }: Stand): () => boolean {
  const saidBefore = new Map(instances.map((instance) => [instance, instance.said().length]));
  return () =>
    databases.server?.isRunning === false ||
    instances.some((instance) => DISK_FULL.test(instance.said().slice(saidBefore.get(instance) ?? 0)));
}

const diskFull: Fault = {
  name: 'disk full under the databases for 10 s',
  seconds: 14,
  impossibleOn: needsDisk,
  inflict: async ({ stand }) => {
    const { disk, databases } = stand;
    const refused = refusals(stand);
    disk?.fill();
    try {
      // A log has room of its own, which is written over again: only what a database has said shows that it is full.
      await waitUntil('a database refuses to write', refused, { timeoutMs: REFUSES_WITHIN_MS }).catch(
        (cause: unknown) => {
          throw new FaultFailure('the disk is full, and no database has refused to write', { cause });
        },
      );
      await pause(10_000);
    } finally {
      disk?.free();
    }
    // PostgreSQL gives up where it cannot write its log; whoever runs it has it started again.
    if (databases.server && !databases.server.isRunning) await databases.server.restart();
  },
};

/** A backup, or somebody with a console who has begun something and gone to lunch. */
const foreignLock: Fault = {
  name: 'a foreign lock on a SQLite file for 10 s',
  seconds: 12,
  impossibleOn: needsSqlite,
  inflict: async ({ stand: { databases }, random }) => {
    const database = new Database(databases.locationOf(random.pick(OWNERS as [(typeof OWNERS)[number]])), {
      timeout: 30_000,
    });
    try {
      database.exec('BEGIN IMMEDIATE');
      await pause(10_000);
      database.exec('ROLLBACK');
    } finally {
      database.close();
    }
  },
};

const postgresKilled: Fault = {
  name: 'kill -9 PostgreSQL',
  seconds: 6,
  impossibleOn: needsPostgres,
  inflict: async ({ stand: { databases } }) => {
    await databases.server?.kill();
    await databases.server?.restart();
  },
};

export const storageFaults: readonly Fault[] = [diskFull, foreignLock, postgresKilled];
