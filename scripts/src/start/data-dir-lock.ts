import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityOf } from '@holdfast/local-servers';
import { StartError } from './start.errors.js';

interface Holder {
  pid: number;
  identity: string;
}

/**
 * Makes DATA_DIR and takes it for this process; answers how to give it back. A SQLite file and a broker's data belong
 * to one system at a time. Throws StartError when another live launcher holds it; a dead one's lock is taken over.
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'start.lock');
  if (!tryWrite(file)) {
    const holder = readHolder(file);
    if (holder !== undefined && identityOf(holder.pid) === holder.identity) {
      throw new StartError(
        `A system with this data already runs (process ${holder.pid}, ${dataDir}); stop it first, or set DATA_DIR and the ports to run a second one beside it.`,
      );
    }
    rmSync(file, { force: true });
    if (!tryWrite(file)) throw new StartError(`Another start took ${dataDir} at this moment.`);
  }
  return () => rmSync(file, { force: true });
}

function tryWrite(file: string): boolean {
  const holder: Holder = { pid: process.pid, identity: identityOf(process.pid) ?? '' };
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}
