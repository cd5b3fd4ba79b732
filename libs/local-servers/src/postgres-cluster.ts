import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { LocalServerError } from './local-server.errors.js';
import { binariesIn, findPostgres, type PostgresBinaries } from './postgres-binaries.js';
import { type PostgresIdentity } from './postgres-identity.js';
import { isOpenToOthers, type User, unprivilegedUser } from './unprivileged-user.js';

/** Who connects. */
export const POSTGRES_USER = 'holdfast';

/** For the server of a root whose own folders are closed to others. */
const SYSTEM_FOLDER = '/var/lib/holdfast';

/** Where a cluster is, what runs it, and as whom. */
export interface PostgresCluster {
  folder: string;
  binaries: PostgresBinaries;
  /** Undefined where the server runs as we do. */
  user: User | undefined;
}

/**
 * Makes the cluster of a data directory, or finds it again: UTF-8, in the order of its bytes, as SQLite compares.
 * Throws SERVER_NOT_INSTALLED, or START_FAILED with what initdb said.
 */
export async function prepareCluster(dataDir: string, identity: PostgresIdentity): Promise<PostgresCluster> {
  const installed = findPostgres();
  if (installed === undefined) {
    throw new LocalServerError('SERVER_NOT_INSTALLED', 'npm has installed no PostgreSQL for this kind of machine.');
  }
  const user = unprivilegedUser();
  const home = user ? enterable(dataDir, identity.name) : dataDir;
  const cluster = { folder: join(home, 'cluster'), binaries: user ? executable(installed) : installed, user };
  if (!existsSync(join(cluster.folder, 'PG_VERSION'))) await initialise(cluster, identity.password);
  return cluster;
}

/** The data directory, or a folder that stands for it where the server's user cannot enter it. */
function enterable(dataDir: string, name: string): string {
  if (isOpenToOthers(dataDir)) return dataDir;
  const folder = join(SYSTEM_FOLDER, name);
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  return folder;
}

/** The programs, or a copy of them where the server's user cannot reach them. */
function executable(installed: PostgresBinaries): PostgresBinaries {
  if (isOpenToOthers(installed.root)) return installed;
  const version = createHash('sha256').update(installed.root).digest('hex').slice(0, 16);
  const copy = join(SYSTEM_FOLDER, `postgres-${version}`);
  if (!existsSync(copy)) {
    // Renamed when it is whole: a copy that was interrupted, or another process's, is never run.
    const partial = `${copy}.${process.pid}`;
    cpSync(installed.root, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, copy);
  }
  return binariesIn(copy);
}

async function initialise({ folder, binaries, user }: PostgresCluster, password: string): Promise<void> {
  // One that was interrupted has no version yet, and initdb refuses a folder that holds anything.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  const passwordFile = `${folder}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const path of [folder, passwordFile]) chownSync(path, user.uid, user.gid);
  const choices = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', `--username=${POSTGRES_USER}`];
  try {
    await promisify(execFile)(binaries.initdb, [`--pgdata=${folder}`, `--pwfile=${passwordFile}`, ...choices], {
      ...user,
      cwd: folder,
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
    });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new LocalServerError('START_FAILED', `${basename(binaries.initdb)} failed: ${(error as Error).message}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
