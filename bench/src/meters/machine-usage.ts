import { readFileSync } from 'node:fs';

/** proc(5): user, nice, system, idle, iowait, irq, softirq, steal; guest times are contained in user time. */
const FIELDS = 8;
const IDLE = 3;
const IOWAIT = 4;
/** USER_HZ, as in process-usage. */
const TICKS_PER_SECOND = 100;

/** CPU seconds of the whole machine since its start: those used by anything, and those that there were. */
export interface MachineCpu {
  busy: number;
  available: number;
}

/** Needs Linux. */
export function machineCpu(): MachineCpu {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? '';
  const ticks = line
    .split(/\s+/)
    .slice(1, 1 + FIELDS)
    .map(Number);
  const available = ticks.reduce((total, value) => total + value, 0);
  const idle = (ticks[IDLE] ?? 0) + (ticks[IOWAIT] ?? 0);
  return { busy: (available - idle) / TICKS_PER_SECOND, available: available / TICKS_PER_SECOND };
}

/** The share of the machine that neither idled between two readings nor worked for us, who used `ourSeconds`. */
export function otherCpuPercent(before: MachineCpu, after: MachineCpu, ourSeconds: number): number {
  return (100 * (after.busy - before.busy - ourSeconds)) / (after.available - before.available);
}
