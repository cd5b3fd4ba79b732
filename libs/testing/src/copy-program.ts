import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testServers } from './servers.js';

export interface EndedProgram {
  /** Its exit code; null where a signal has ended it. */
  code: number | null;
  /** Everything it has printed. */
  output: string;
}

/** The compiled program that copies a service's database, in a process of its own, as an operator runs it. */
export class CopyProgram {
  private readonly lines: string[] = [];
  private readonly exit: Promise<unknown[]>;

  private constructor(private readonly child: ReturnType<typeof spawn>) {
    this.exit = once(child, 'close');
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.lines.push(chunk.toString('utf8')));
    }
  }

  /**
   * @param folder of the service in the repository.
   * @param env its whole environment but PATH: DATA_DIR, or what names its database.
   */
  static start(folder: string, env: Record<string, string>, args: readonly string[]): CopyProgram {
    const { root, folder: cwd } = testServers();
    const program = join(root, folder, 'dist', 'copy-database.main.js');
    return new CopyProgram(
      spawn(process.execPath, [program, ...args], {
        // Without an .env file: what a developer keeps there is not for tests.
        cwd,
        env: { PATH: process.env.PATH, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  static run(folder: string, env: Record<string, string>, args: readonly string[]): Promise<EndedProgram> {
    return CopyProgram.start(folder, env, args).ended();
  }

  output(): string {
    return this.lines.join('');
  }

  kill9(): void {
    this.child.kill('SIGKILL');
  }

  async ended(): Promise<EndedProgram> {
    await this.exit;
    return { code: this.child.exitCode, output: this.output() };
  }
}
