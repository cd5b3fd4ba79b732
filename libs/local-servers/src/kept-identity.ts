import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The identity kept in `dataDir`; made with `make` at first use and readable by its owner only (mode 0600). */
export function keptIdentity<T extends object>(dataDir: string, make: () => T): T {
  const file = join(dataDir, 'identity.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const identity = make();
  writeFileSync(file, `${JSON.stringify(identity, null, 2)}\n`, { mode: 0o600 });
  return identity;
}
