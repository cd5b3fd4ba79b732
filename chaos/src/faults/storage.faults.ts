import Database from 'better-sqlite3';
import { OWNERS } from '../stand/databases.js';
import { type Stand } from '../stand/stand.js';
import { type Fault } from './fault.js';
import { pause } from './pause.js';

const needsDisk = ({ disk }: Stand) => (disk ? undefined : 'needs to mount a disk of its own, which takes root');
const needsSqlite = ({ databases }: Stand) => (databases.server ? 'PostgreSQL has no file to be locked' : undefined);
const needsPostgres = ({ databases }: Stand) => (databases.server ? undefined : 'needs PostgreSQL');

const diskFull: Fault = {
  name: 'disk full under the databases for 10 s',
  seconds: 14,
  impossibleOn: needsDisk,
  inflict: async ({ stand: { disk, databases } }) => {
    disk?.fill();
    await pause(10_000);
    disk?.free();
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
