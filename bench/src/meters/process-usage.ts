import { readFileSync } from 'node:fs';

/** proc(5): times are in clock ticks, and USER_HZ is 100 on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Positions of utime and stime behind the command name of /proc/<pid>/stat, which may itself hold spaces: proc(5), fields 14 and 15. */
const UTIME = 11;
const STIME = 12;

/** A process by the name that the report gives it. */
export interface MeteredProcess {
  name: string;
  pid: number;
}

/** CPU time that the process has used since its start, in seconds. Needs Linux. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[UTIME]) + Number(fields[STIME])) / TICKS_PER_SECOND;
}

/** Resident memory in MiB. Needs Linux. */
export function residentMiB(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** Reads every process: a figure by name. */
export function byName(processes: readonly MeteredProcess[], read: (pid: number) => number): Record<string, number> {
  return Object.fromEntries(processes.map(({ name, pid }) => [name, read(pid)]));
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
