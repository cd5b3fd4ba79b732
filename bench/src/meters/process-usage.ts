import { readdirSync, readFileSync } from 'node:fs';

/** proc(5): times are in clock ticks, and USER_HZ is 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Positions behind the command name of /proc/<pid>/stat, which may itself hold spaces: ppid is field 4 of proc(5); utime, stime
 * and, of children that have ended, cutime and cstime are fields 14 to 17.
 */
const PARENT = 1;
const TIMES = [11, 12, 13, 14];

/** A process by the name that the report gives it; several of one name are counted together. */
export interface MeteredProcess {
  name: string;
  pid: number;
  /** With the processes that it has started, as PostgreSQL has one for each connection. */
  withChildren?: boolean;
}

/** CPU time that the process, and those of its children that have ended, have used since its start, in seconds. Needs Linux. */
export function cpuSeconds(pid: number): number {
  const fields = statOf(pid);
  return TIMES.reduce((total, position) => total + Number(fields[position]), 0) / TICKS_PER_SECOND;
}

/** Resident memory in MiB. Needs Linux. */
export function residentMiB(pid: number): number {
  return kilobytes(`/proc/${pid}/status`, /^VmRSS:\s+(\d+) kB$/m) / 1024;
}

/** Memory in MiB, of which a page that several processes share is counted in parts. Needs Linux. */
export function proportionalMiB(pid: number): number {
  return kilobytes(`/proc/${pid}/smaps_rollup`, /^Pss:\s+(\d+) kB$/m) / 1024;
}

/** Reads every process: a figure by name. */
export function byName(processes: readonly MeteredProcess[], read: (pid: number) => number): Record<string, number> {
  const figures: Record<string, number> = {};
  for (const { name, pid, withChildren } of processes) {
    const figure = withChildren ? readFamily(pid, read) : read(pid);
    figures[name] = (figures[name] ?? 0) + figure;
  }
  return figures;
}

/** The memory of every process, by name. */
export function memoryByName(processes: readonly MeteredProcess[]): Record<string, number> {
  const [families, single] = [processes.filter((p) => p.withChildren), processes.filter((p) => !p.withChildren)];
  // PostgreSQL's processes share its cache, which would be counted with each of them.
  return { ...byName(single, residentMiB), ...byName(families, proportionalMiB) };
}

/** `after` minus `before`, name by name. */
export function difference(after: Record<string, number>, before: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)]));
}

/** Every figure times `factor`. */
export function scaled(figures: Record<string, number>, factor: number): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, value * factor]));
}

export function sum(figures: Record<string, number>): number {
  return Object.values(figures).reduce((total, value) => total + value, 0);
}

function readFamily(parent: number, read: (pid: number) => number): number {
  const children = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => unlessEnded(() => Number(statOf(pid)[PARENT]) === parent, false));
  return children.reduce((total, pid) => total + unlessEnded(() => read(pid), 0), read(parent));
}

/** A process may end while it is looked at; what it used is then its parent's. */
function unlessEnded<Value>(look: () => Value, otherwise: Value): Value {
  try {
    return look();
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return otherwise;
    throw error;
  }
}

function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const kilobytes = (file: string, line: RegExp): number => Number(line.exec(readFileSync(file, 'utf8'))?.[1]);
