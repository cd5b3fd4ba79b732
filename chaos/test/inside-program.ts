import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { testServers } from '@holdfast/testing';
import { INSIDE_VARIABLE, type Inside } from '../src/inside/inside.js';
import { type Said, saidIn } from '../src/inside/said.js';

/** The compiled module that a process loads first. */
export const preload = (): string => pathToFileURL(join(testServers().root, 'chaos/dist/inside/preload.js')).href;

/** A small program of this folder under the preload, as a service would be. */
export class InsideProgram {
  private readonly printed: string[] = [];
  private readonly complained: string[] = [];
  private readonly closed: Promise<unknown>;

  private constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => this.printed.push(chunk.toString('utf8')));
    child.stderr?.on('data', (chunk: Buffer) => this.complained.push(chunk.toString('utf8')));
    this.closed = once(child, 'close');
  }

  /** @param inside as it stands in the environment; text is given as it is. */
  static start(program: string, inside: Inside | string, ...args: string[]): InsideProgram {
    const file = join(testServers().root, 'chaos/test/programs', program);
    const env = {
      PATH: process.env.PATH,
      [INSIDE_VARIABLE]: typeof inside === 'string' ? inside : JSON.stringify(inside),
    };
    return new InsideProgram(spawn(process.execPath, ['--import', preload(), file, ...args], { env }));
  }

  /** Resolves when it has ended and everything that it printed is here: to its exit code or signal. */
  async ended(): Promise<number | string | null> {
    await this.closed;
    return this.child.signalCode ?? this.child.exitCode;
  }

  /** The lines that it has printed, which are JSON. */
  get lines(): Record<string, unknown>[] {
    const text = this.printed.join('').split('\n').filter(Boolean);
    return text.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  get errors(): string {
    return this.complained.join('');
  }

  get said(): Said[] {
    return saidIn(this.errors);
  }
}
