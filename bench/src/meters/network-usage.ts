import { readFileSync } from 'node:fs';

/** proc(5): the first figure behind an interface's name is what it has received, in bytes. */
const RECEIVED = /^\s*lo:\s*(\d+)/m;

/** KiB that have passed the loopback interface since the machine's start: of everybody who is on it. Needs Linux. */
export function loopbackKiB(): number {
  return Number(RECEIVED.exec(readFileSync('/proc/net/dev', 'utf8'))?.[1]) / 1024;
}
