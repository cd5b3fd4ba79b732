import { existsSync, readFileSync, statSync } from 'node:fs';

/** Documentation/block/stat.rst of Linux: the 7th figure is sectors written, the 16th flushes completed. */
const SECTORS_WRITTEN = 6;
const FLUSHES = 15;

/** The same document: a sector is 512 bytes, whatever the device's own are. */
const SECTORS_PER_KIB = 2;

/** What a disk has taken since the machine's start, of everybody. */
export interface DiskUsage {
  writtenKiB: number;
  /** Requests to put down what is in the disk's own cache: at least one for each fsync that is not shared. */
  flushes: number;
}

/**
 * Reads the counters of the disk that holds a folder; undefined where it is on none, as in memory. What the kernel counts for
 * a process (/proc/<pid>/io) does not serve: it takes all of a page, which is up to 2 MB, for every byte written to it.
 * Needs Linux.
 */
export function diskUsage(folder: string): DiskUsage | undefined {
  const { dev } = statSync(folder);
  // makedev(3): glibc's layout for majors and minors below 4096 and 256, as disks have them.
  const file = `/sys/dev/block/${(dev >> 8) & 0xfff}:${dev & 0xff}/stat`;
  if (!existsSync(file)) return undefined;
  const figures = readFileSync(file, 'utf8').trim().split(/\s+/).map(Number);
  return {
    writtenKiB: (figures[SECTORS_WRITTEN] ?? Number.NaN) / SECTORS_PER_KIB,
    flushes: figures[FLUSHES] ?? Number.NaN,
  };
}
