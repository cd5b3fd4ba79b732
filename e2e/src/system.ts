import { freePort } from '@holdfast/local-servers';
import { newDataDir, type ServiceName, ServiceProcess, waitUntil } from '@holdfast/testing';
import { API_KEYS, ApiClient, KEYS } from './api-client.js';
import { OpenApiConformance } from './openapi-conformance.js';

export const SERVICES = ['orders-service', 'products-service', 'api-gateway'] as const satisfies ServiceName[];

// RabbitMQ is tried again every 3 s, and what waits for a queue that somebody else declares every 3 s after that.
const RECOVERY_MS = 90_000;

const SHOWN_LOG_LINES = 12;

export interface Readiness {
  status: 'ready' | 'not_ready';
  checks: Record<string, { status: 'up' | 'degraded' | 'down'; detail?: string }>;
}

export interface SystemOptions {
  amqpUrl: string;
  redisUrl: string;
  /** Beside what every system has; for all services. */
  env?: Record<string, string>;
}

/**
 * The three services as processes of their own, on databases of their own. Each can be ended and started again; it keeps
 * its port and its data, as it does on a machine where something starts it again.
 */
export class System {
  private readonly processes = new Map<ServiceName, ServiceProcess>();
  /** Who has ended, with what they said; for the account of a failure. */
  private readonly ended: ServiceProcess[] = [];
  /** What every answer of the gateway is held against. */
  readonly conformance = new OpenApiConformance();

  private constructor(
    private readonly env: Record<string, string>,
    readonly dataDir: string,
    readonly gatewayUrl: string,
  ) {}

  /** Starts everything and waits until it is ready. */
  static async start(options: SystemOptions): Promise<System> {
    const system = await System.launch(options);
    await system.ready().catch(async (error: unknown) => {
      await system.close();
      throw new Error(`the system did not become ready\n${system.logs()}`, { cause: error });
    });
    await system.conformance.load(system.gatewayUrl);
    return system;
  }

  /** Starts everything and waits for nothing. */
  static async launch({ amqpUrl, redisUrl, env = {} }: SystemOptions): Promise<System> {
    const dataDir = newDataDir();
    const ports = {
      GATEWAY_PORT: String(await freePort()),
      ORDERS_PORT: String(await freePort()),
      PRODUCTS_PORT: String(await freePort()),
    };
    const common = { AMQP_URL: amqpUrl, REDIS_URL: redisUrl, DATA_DIR: dataDir, API_KEYS, ...ports };
    const system = new System({ ...common, ...env }, dataDir, `http://127.0.0.1:${ports.GATEWAY_PORT}`);
    for (const name of SERVICES) await system.launchOne(name);
    return system;
  }

  shop(): ApiClient {
    return this.clientWith(KEYS.shop);
  }

  rival(): ApiClient {
    return this.clientWith(KEYS.rival);
  }

  operator(): ApiClient {
    return this.clientWith(KEYS.operator);
  }

  private clientWith(key: string): ApiClient {
    return new ApiClient(this.gatewayUrl, key, this.conformance);
  }

  /** The process of a service that runs. */
  process(name: ServiceName): ServiceProcess {
    const process = this.processes.get(name);
    if (!process) throw new Error(`${name} does not run`);
    return process;
  }

  /** Starts a service again, without waiting for it to be ready. */
  async launchOne(name: ServiceName): Promise<void> {
    this.processes.set(name, await ServiceProcess.launch(name, this.env));
  }

  async startOne(name: ServiceName): Promise<void> {
    await this.launchOne(name);
    await this.ready(name);
  }

  async kill9(name: ServiceName): Promise<void> {
    await this.process(name).kill9();
    this.leave(name);
  }

  /** SIGTERM; resolves to the exit code. */
  async stop(name: ServiceName): Promise<number | null> {
    const code = await this.process(name).stop();
    this.leave(name);
    return code;
  }

  /** Resolves when the services say that they are ready; all of them, unless told. */
  async ready(...names: ServiceName[]): Promise<void> {
    for (const name of names.length > 0 ? names : SERVICES) await this.becomes(name, 'ready');
  }

  /** Resolves to the first readiness report with this status. */
  async becomes(name: ServiceName, status: Readiness['status']): Promise<Readiness> {
    const service = this.process(name);
    const reported = async () => {
      if (!service.running) return 'ended';
      const report = await this.readiness(name);
      return report.status === status ? report : undefined;
    };
    const report = await waitUntil(`${name} is ${status}`, reported, { timeoutMs: RECOVERY_MS });
    if (report === 'ended') throw new Error(`${name} has ended by itself; its output:\n${service.output()}`);
    return report;
  }

  async readiness(name: ServiceName): Promise<Readiness> {
    const response = await fetch(`${this.process(name).url}/health/ready`);
    return (await response.json()) as Readiness;
  }

  /** The value of a metric of a service; 0 where it is not there yet. `series` is name and labels as they are shown. */
  async metric(name: ServiceName, series: string): Promise<number> {
    const text = await (await fetch(`${this.process(name).url}/metrics`)).text();
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
    return line === undefined ? 0 : Number(line.slice(series.length + 1));
  }

  /** What every process has warned of, oldest first. */
  logs(): string {
    return [...this.ended, ...this.processes.values()].map(warningsOf).join('\n');
  }

  /** Everything that every process has said. */
  outputs(): string {
    return [...this.ended, ...this.processes.values()].map((service) => service.output()).join('\n');
  }

  async close(): Promise<void> {
    for (const name of [...this.processes.keys()]) await this.kill9(name);
  }

  private leave(name: ServiceName): void {
    this.ended.push(this.process(name));
    this.processes.delete(name);
  }
}

function warningsOf(service: ServiceProcess): string {
  const lines = service.output().split('\n');
  const warnings = lines.filter((line) => line !== '' && !/"level":"(debug|info)"/.test(line));
  return [`── ${service.name} (pid ${service.pid})`, ...warnings.slice(-SHOWN_LOG_LINES)].join('\n');
}
