import { readFileSync } from 'node:fs';
import { freePort } from '@holdfast/local-servers';
import { PORT_VARIABLES, type ServiceName, ServiceProcess, type TcpProxy, waitUntil } from '@holdfast/testing';
import { type Inside } from '../inside/inside.js';
import { type BrokerLogin } from './broker.js';
import { type Owner } from './databases.js';

/** The network between one instance and what it stands on; each can be broken for itself. */
export interface Lines {
  brokers: readonly TcpProxy[];
  redis: TcpProxy;
  /** With PostgreSQL. */
  database: TcpProxy | undefined;
}

export interface Readiness {
  status: 'ready' | 'not_ready';
  checks: Record<string, { status: 'up' | 'degraded' | 'down'; detail?: string }>;
}

export interface InstanceOptions {
  service: ServiceName;
  /** From 1. */
  number: number;
  env: Record<string, string>;
  lines: Lines;
  /** Its own, so that RabbitMQ tells its connections from those of others. */
  brokerLogin: BrokerLogin;
  root: string;
  /** Its working directory. */
  folder: string;
  /** Module that is loaded before the service's own, and told by the environment what to do. */
  preload: string;
}

// Reconnecting takes 3 s, and a process that was stopped for longer than its heartbeats connects anew.
const READY_MS = 60_000;

const SHOWN_OUTPUT = 2_000;

/** One process of a service, which can be ended and started again: it keeps its port, its data and its lines. */
export class Instance {
  /** What it printed in its earlier lives. */
  private readonly earlier: string[] = [];
  private current: ServiceProcess | undefined;
  /** False while a fault has it down on purpose. */
  private wanted = false;
  private stopped = false;

  private constructor(
    readonly service: ServiceName,
    readonly number: number,
    readonly lines: Lines,
    readonly url: string,
    private readonly options: InstanceOptions,
    private readonly env: Record<string, string>,
  ) {}

  static async create(options: InstanceOptions): Promise<Instance> {
    const { service, number, lines, env } = options;
    const port = String(await freePort());
    const { databaseVariable = '' } = FACTS[service];
    const database = lines.database && { [databaseVariable]: lines.database.url };
    const brokers = lines.brokers.map(({ url }) => urlAs(options.brokerLogin, url));
    const servers = { AMQP_URL: brokers.join(','), REDIS_URL: lines.redis.url };
    const whole = { ...servers, ...database, ...env, [PORT_VARIABLES[service]]: port };
    return new Instance(service, number, lines, `http://127.0.0.1:${port}`, options, whole);
  }

  get name(): string {
    return `${this.service} ${this.number}`;
  }

  /** As RabbitMQ knows its connections. */
  get brokerUser(): string {
    return this.options.brokerLogin.user;
  }

  get running(): boolean {
    return this.current?.running ?? false;
  }

  /** Whether it has ended although nobody wanted it to. */
  get diedByItself(): boolean {
    return this.wanted && !this.running;
  }

  get pid(): number {
    return this.process.pid;
  }

  /** @param inside a fault that it carries within; whoever asks for one knows that it may end. */
  async launch(inside?: Inside): Promise<void> {
    const { root, folder, preload } = this.options;
    const env = { ...this.env, ...(inside && { CHAOS_INSIDE: JSON.stringify(inside) }) };
    if (this.current) this.earlier.push(this.current.output());
    this.current = await ServiceProcess.launch(this.service, env, { root, cwd: folder, imports: [preload] });
    this.wanted = inside?.at === undefined;
  }

  async ready(): Promise<void> {
    const answered = async () => !this.running || (await this.readiness()).status === 'ready';
    await waitUntil(`${this.name} is ready`, answered, { timeoutMs: READY_MS });
    if (!this.running) throw new Error(`${this.name} has ended:\n${this.said().slice(-SHOWN_OUTPUT)}`);
  }

  /** Resolves when it says that it is not ready. */
  async saysNotReady(timeoutMs = READY_MS): Promise<void> {
    await waitUntil(
      `${this.name} says that it is not ready`,
      async () => (await this.readiness()).status === 'not_ready',
      {
        timeoutMs,
      },
    );
  }

  async readiness(): Promise<Readiness> {
    const response = await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    return (await response.json()) as Readiness;
  }

  /** The values of a metric, by its labels as they are shown; empty where it has none. */
  async metric(name: string): Promise<Map<string, number>> {
    const response = await fetch(`${this.url}/metrics`, { signal: AbortSignal.timeout(5_000) });
    const lines = (await response.text()).split('\n').filter((line) => line.startsWith(name));
    const series = lines.map((line) => /^([a-z_]+)(\{.*\})? (\S+)$/.exec(line)).filter((match) => match?.[1] === name);
    return new Map(series.map((match) => [match?.[2] ?? '', Number(match?.[3])]));
  }

  async kill9(): Promise<void> {
    this.wanted = false;
    await this.process.kill9();
  }

  /** SIGTERM; resolves to its exit code, null when it had to be killed. */
  async stop(): Promise<number | null> {
    this.wanted = false;
    return this.process.stop();
  }

  /** Resolves when it has ended, whoever ended it, to its exit code; null for a signal. */
  ended(): Promise<number | null> {
    return this.process.ended();
  }

  /** Whether it stands still by a SIGSTOP, of the harness or of its own. */
  get paused(): boolean {
    return this.stopped;
  }

  /** SIGSTOP: it stands still with its connections open. */
  pause(): void {
    this.stopped = true;
    this.process.pause();
  }

  /** Resolves when it has stopped itself, as it was told to do at a point. */
  async standsStill(): Promise<void> {
    const stopped = () => /^State:\s+T/m.test(readFileSync(`/proc/${this.pid}/status`, 'utf8'));
    await waitUntil(`${this.name} stands still`, stopped, { timeoutMs: READY_MS });
    this.stopped = true;
  }

  /** SIGCONT. */
  resume(): void {
    this.process.resume();
    this.stopped = false;
    this.wanted = true;
  }

  /** Resolves when it serves its health checks, which is before it takes messages. */
  async listens(): Promise<void> {
    await waitUntil(`${this.name} listens`, async () => (await fetch(`${this.url}/health/live`)).ok, {
      timeoutMs: READY_MS,
    });
  }

  /** Everything that it has printed, of all its lives. */
  output(): string {
    return [...this.earlier, this.current?.output() ?? ''].join('\n');
  }

  /** Of its current life. */
  said(): string {
    return this.current?.output() ?? '';
  }

  private get process(): ServiceProcess {
    if (!this.current) throw new Error(`${this.name} was never started`);
    return this.current;
  }
}

function urlAs({ user, password }: BrokerLogin, amqpUrl: string): string {
  const url = new URL(amqpUrl);
  url.username = user;
  url.password = password;
  return url.href;
}

export const FACTS: Record<ServiceName, { databaseVariable?: string; owner?: Owner }> = {
  'api-gateway': {},
  'orders-service': { databaseVariable: 'ORDERS_DATABASE_URL', owner: 'orders' },
  'products-service': { databaseVariable: 'PRODUCTS_DATABASE_URL', owner: 'products' },
  'webhook-publisher': { databaseVariable: 'WEBHOOKS_DATABASE_URL', owner: 'webhooks' },
};
