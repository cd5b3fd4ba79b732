import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmdirSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const BLOCK = Buffer.alloc(1024 * 1024);

// More than the longest run stores. Of the machine's memory it takes what is stored, not this.
const SIZE = 16 * 1024 ** 3;

const TRIES = 20;

/** A file system in memory that can be made full, and have room again. */
export class SmallDisk {
  private constructor(readonly path: string) {}

  /**
   * Mounts one at `path`, which is made.
   *
   * @returns undefined where this user may not mount: the databases lie on the machine's disk then, which nobody fills.
   */
  static mount(path: string): SmallDisk | undefined {
    mkdirSync(path, { recursive: true, mode: 0o711 });
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0711`, 'tmpfs', path]);
    return status === 0 ? new SmallDisk(path) : undefined;
  }

  /** Leaves no block free. */
  fill(): void {
    this.shrink();
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
    this.resize(SIZE);
  }

  /** What is on it is gone; the folder that it was mounted at too. */
  unmount(): void {
    const { status, stderr } = spawnSync('umount', ['-l', this.path], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${this.path} cannot be unmounted: ${stderr}`);
    rmdirSync(this.path);
  }

  /** To what is on it, which may grow while it is looked at. */
  private shrink(): void {
    for (let attempt = 1; ; attempt += 1) {
      const { blocks, bfree, bsize } = statfsSync(this.path);
      try {
        this.resize((blocks - bfree) * bsize);
        return;
      } catch (error) {
        if (attempt === TRIES) throw error;
      }
    }
  }

  private resize(bytes: number): void {
    const { status, stderr } = spawnSync('mount', ['-o', `remount,size=${bytes}`, this.path], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${this.path} cannot be made ${bytes} bytes large: ${stderr}`);
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
