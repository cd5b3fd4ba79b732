import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort } from '@holdfast/local-servers';
import { testServers } from './servers.js';
import { waitUntil } from './wait-until.js';

/** The variable that says where a service listens. */
export const PORT_VARIABLES = {
  'api-gateway': 'GATEWAY_PORT',
  'orders-service': 'ORDERS_PORT',
  'products-service': 'PRODUCTS_PORT',
  'webhook-publisher': 'WEBHOOKS_PORT',
} as const;

export type ServiceName = keyof typeof PORT_VARIABLES;

const START_TIMEOUT_MS = 90_000;
// A service ends itself after 15 s; the rest is for a machine that does not let it.
const STOP_TIMEOUT_MS = 60_000;

// The end of our pipe ends the service: one that outlives a killed test run would go on using its port and its files.
const END_WITH_PARENT =
  "data:text/javascript,process.stdin.on('end',()=>process.kill(process.pid,'SIGKILL')).resume();process.stdin.unref()";

export interface LaunchOptions {
  /** The repository's folder; that of the Jest run unless told. */
  root?: string;
  /** Where the process runs: a folder without an .env file, since what a developer keeps there is not for tests. */
  cwd?: string;
  /** Modules that the process loads before the service's own, as URLs or paths. */
  imports?: readonly string[];
}

/** A service as it really runs: the compiled program, in a process of its own. */
export class ServiceProcess {
  private readonly lines: string[] = [];

  private constructor(
    readonly name: ServiceName,
    /** http://127.0.0.1:port of its health, metrics and, with the gateway, its API. */
    readonly url: string,
    private readonly child: ChildProcess,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.lines.push(chunk.toString('utf8')));
    }
  }

  static async start(name: ServiceName, env: Record<string, string>): Promise<ServiceProcess> {
    const service = await ServiceProcess.launch(name, env);
    try {
      await service.ready();
      return service;
    } catch (error) {
      await service.kill9();
      throw new Error(`${name} did not become ready; its output:\n${service.output()}`, { cause: error });
    }
  }

  /** Starts the process without waiting for it to be ready. */
  static async launch(
    name: ServiceName,
    env: Record<string, string>,
    { root = testServers().root, cwd = testServers().folder, imports = [] }: LaunchOptions = {},
  ): Promise<ServiceProcess> {
    const port = env[PORT_VARIABLES[name]] ?? String(await freePort());
    const loaded = [END_WITH_PARENT, ...imports].flatMap((module) => ['--import', module]);
    const child = spawn(process.execPath, [...loaded, join(root, name, 'dist', 'main.js')], {
      cwd,
      env: { PATH: process.env.PATH, ...env, [PORT_VARIABLES[name]]: port },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return new ServiceProcess(name, `http://127.0.0.1:${port}`, child);
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when `/health/ready` answers 200. */
  async ready(): Promise<void> {
    const answered = async () => {
      if (!this.running) return true;
      return (await fetch(`${this.url}/health/ready`)).ok;
    };
    await waitUntil(`${this.name} is ready`, answered, { timeoutMs: START_TIMEOUT_MS });
    if (!this.running) throw new Error(`${this.name} has ended`);
  }

  /** Resolves when the process has ended, whoever ended it, to its exit code; null for a signal. */
  async ended(): Promise<number | null> {
    if (this.running) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  /** SIGSTOP: it stands still with its connections open, as on a machine that swaps. SIGCONT by {@link resume}. */
  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** As a crash ends it. */
  kill9(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** SIGTERM, which lets it finish what it has; after a minute SIGKILL. Resolves to its exit code, null for a signal. */
  async stop(): Promise<number | null> {
    const deadline = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.end('SIGTERM');
    clearTimeout(deadline);
    return this.child.exitCode;
  }

  /** Everything it has printed. */
  output(): string {
    return this.lines.join('');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (!this.running) return;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    await exited;
  }
}

/**
 * Starts a service's compiled program on a free port and waits until it is ready.
 *
 * @param env its whole environment but PATH and its port: AMQP_URL, REDIS_URL, DATA_DIR, …
 * @throws Error with the service's output when it does not become ready.
 */
export const startService = (name: ServiceName, env: Record<string, string>): Promise<ServiceProcess> =>
  ServiceProcess.start(name, env);
