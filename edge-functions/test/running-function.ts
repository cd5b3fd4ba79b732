import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@holdfast/local-servers';
import { testServers, waitUntil } from '@holdfast/testing';
import { type FunctionName } from '../host/host-config.ts';
import { type SignOptions, signedHeaders, type TestCallback } from './callbacks.js';

export type Env = Record<string, string>;

const started = new Set<RunningFunction>();

// Those of a test that failed, too.
afterAll(async () => {
  for (const running of started) await running.kill();
});

export type StartFunction = (name: FunctionName, env: Env) => Promise<RunningFunction>;

// The end of our pipe ends the process: one that outlives a killed test run would keep its port.
const NODE_ENDS_WITH_PARENT =
  "data:text/javascript,process.stdin.on('end',()=>process.kill(process.pid,'SIGKILL')).resume();process.stdin.unref()";
const DENO_ENDS_WITH_PARENT = 'for await (const _ of Deno.stdin.readable);\nDeno.exit(1);\n';

/** A function in a process of its own, as it is deployed. */
export class RunningFunction {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];

  constructor(
    readonly url: string,
    child: ChildProcess,
  ) {
    this.#child = child;
    started.add(this);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.#lines.push(chunk.toString('utf8')));
    }
  }

  /** Everything it has printed. */
  get output(): string {
    return this.#lines.join('');
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when it answers requests. */
  async answering(): Promise<this> {
    const answers = async () => {
      if (!this.isRunning) return true;
      return (await fetch(this.url)).status > 0;
    };
    await waitUntil('the function answers', answers, { timeoutMs: 90_000 });
    if (!this.isRunning) throw new Error(`the function has ended; its output:\n${this.output}`);
    return this;
  }

  /** Delivers a callback as the publisher does. */
  async deliver(
    callback: TestCallback,
    options?: SignOptions,
  ): Promise<{ status: number; body: unknown; headers: Headers }> {
    const body = JSON.stringify(callback);
    const headers = signedHeaders(callback.id, body, options);
    const response = await fetch(this.url, { method: 'POST', headers, body });
    return { status: response.status, body: await response.json(), headers: response.headers };
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** @returns its exit code, null where a signal ended it. */
  async ended(): Promise<number | null> {
    if (this.isRunning) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended();
  }
}

/** Starts the compiled Node host on a free port, without waiting for it. */
export async function launchOnNode(name: FunctionName, env: Env): Promise<RunningFunction> {
  const { root, folder } = testServers();
  const port = String(await freePort());
  const main = join(root, 'edge-functions', 'dist', 'main.js');
  const child = spawn(process.execPath, ['--import', NODE_ENDS_WITH_PARENT, main, name], {
    cwd: folder,
    env: { PATH: process.env.PATH, LOGGER_PORT: port, NOTIFIER_PORT: port, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return new RunningFunction(`http://127.0.0.1:${port}`, child);
}

export const startOnNode: StartFunction = async (name, env) => (await launchOnNode(name, env)).answering();

/**
 * Starts the entry point under Deno, from a copy of what Supabase gets: no node_modules, no configuration beside it, and
 * nothing from the network.
 */
export const startOnDeno: StartFunction = async (name, env) => {
  const { deno, folder, denoEnv } = denoDeployment();
  const port = await freePort();
  writeFileSync(join(folder, 'main.ts'), `import './${name}/index.ts';\n${DENO_ENDS_WITH_PARENT}`);
  const child = spawn(deno, ['run', ...OFFLINE, '--allow-env', '--allow-net=127.0.0.1', 'main.ts'], {
    cwd: folder,
    env: { ...denoEnv, DENO_SERVE_ADDRESS: `tcp:127.0.0.1:${port}`, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return new RunningFunction(`http://127.0.0.1:${port}`, child).answering();
};

export const OFFLINE = ['--no-config', '--no-lock', '--no-remote', '--no-npm'];

/** A copy of the folders that are deployed, and the real Deno to run them with. */
export function denoDeployment(): { deno: string; folder: string; denoEnv: Env } {
  const { root, folder: runFolder } = testServers();
  const folder = mkdtempSync(join(runFolder, 'deno-'));
  for (const part of ['logger', 'notifier', 'shared']) {
    const isDeployed = (file: string) => !file.endsWith('.spec.ts');
    cpSync(join(root, 'edge-functions', part), join(folder, part), { recursive: true, filter: isDeployed });
  }
  const denoEnv = { DENO_DIR: join(runFolder, 'deno-cache'), DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' };
  return { deno: denoBinary(root), folder, denoEnv };
}

function denoBinary(root: string): string {
  const packageFolder = join(root, 'node_modules', 'deno');
  const binary = join(packageFolder, 'deno');
  // Where npm ran no install scripts, its first run puts it there. The script itself passes no signals on.
  if (!existsSync(binary)) execFileSync(process.execPath, [join(packageFolder, 'bin.cjs'), '--version']);
  return binary;
}
