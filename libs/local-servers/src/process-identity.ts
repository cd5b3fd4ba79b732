import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A token that no other process of this machine shares, before or after: the pid's start time (and the boot it belongs
 * to). A pid alone is not enough to kill by, because the system gives it to a stranger later.
 * Undefined when the process is gone (a zombie counts as gone).
 */
export function identityOf(pid: number): string | undefined {
  try {
    return process.platform === 'linux' ? linuxIdentity(pid) : psIdentity(pid);
  } catch {
    return undefined;
  }
}

/** proc(5): field 2 of stat is the name in parentheses and may hold anything; field 3 is the state, 22 the start time. */
function linuxIdentity(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  if (state === 'Z' || state === 'X') return undefined;
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return `${bootId}/${fields[19]}`;
}

function psIdentity(pid: number): string | undefined {
  const line = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  return line === '' || line.startsWith('Z') ? undefined : line.slice(line.indexOf(' ')).trim();
}

/**
 * Sends a signal to a process, or to its whole group when `pid` is negative. One that is gone is not an error; nor is
 * EPERM, which macOS answers for a group of which only zombies are left.
 */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
