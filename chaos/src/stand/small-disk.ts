import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK = Buffer.alloc(1024 * 1024);

/** A file system of a few hundred megabytes that can be filled up and freed again. */
export class SmallDisk {
  private constructor(readonly path: string) {}

  /**
   * Mounts one in memory at `path`, which is made.
   *
   * @returns undefined where this user may not mount: the databases lie on the machine's disk then, which nobody fills.
   */
  static mount(path: string, megabytes: number): SmallDisk | undefined {
    mkdirSync(path, { recursive: true, mode: 0o711 });
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0711`, 'tmpfs', path]);
    return status === 0 ? new SmallDisk(path) : undefined;
  }

  /** Leaves no block free. */
  fill(): void {
    const file = openSync(this.ballast, 'w');
    try {
      for (let size = BLOCK.length; size >= 512; ) {
        if (!fits(file, size)) size /= 2;
      }
    } finally {
      closeSync(file);
    }
  }

  free(): void {
    rmSync(this.ballast, { force: true });
  }

  /** What is on it is gone; the folder that it was mounted at too. */
  unmount(): void {
    const { status, stderr } = spawnSync('umount', ['-l', this.path], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${this.path} cannot be unmounted: ${stderr}`);
    rmdirSync(this.path);
  }

  private get ballast(): string {
    return join(this.path, 'ballast');
  }
}

function fits(file: number, size: number): boolean {
  try {
    return writeSync(file, BLOCK, 0, size) === size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false;
    throw error;
  }
}
