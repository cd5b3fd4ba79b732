import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface User {
  uid: number;
  gid: number;
}

/** By choice: a user that the system's own PostgreSQL has brought, else the one that every system has. */
const NAMES = ['postgres', 'nobody'];

/**
 * Whom PostgreSQL is to run as where we are root, as which it refuses to; undefined where we are somebody else. It has to
 * be a user that the system knows by name, or initdb refuses.
 */
export function unprivilegedUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of NAMES) {
    const [, , uid, gid] = users.find((fields) => fields[0] === name) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(`there is no user ${NAMES.join(' or ')} on this machine`);
}

const ANYBODY_MAY_ENTER = 0o001;

/** Whether a stranger may enter the folder and all above it: root's home, say, is closed to others. */
export function isOpenToOthers(folder: string): boolean {
  const path = resolve(folder);
  if ((statSync(path).mode & ANYBODY_MAY_ENTER) === 0) return false;
  return path === dirname(path) || isOpenToOthers(dirname(path));
}
