import { freePort } from '@holdfast/local-servers';
import { type ServiceName, ServiceProcess, waitUntil } from '@holdfast/testing';

export const PORT_VARIABLES: Record<ServiceName, string> = {
  'api-gateway': 'GATEWAY_PORT',
  'orders-service': 'ORDERS_PORT',
  'products-service': 'PRODUCTS_PORT',
  'webhook-publisher': 'WEBHOOKS_PORT',
};

// Eight processes that start at once on a machine of two cores which does other work as well.
const READY_MS = 120_000;

const SHOWN_LOG_LINES = 12;

/** One of several processes of a service. It keeps its port over its lives, of which it has one at a time. */
export class FleetInstance {
  private readonly lives: ServiceProcess[] = [];

  private constructor(
    readonly service: ServiceName,
    readonly number: number,
    /** http://127.0.0.1:port */
    readonly url: string,
    private readonly env: Record<string, string>,
  ) {}

  static async create(service: ServiceName, number: number, env: Record<string, string>): Promise<FleetInstance> {
    const port = String(await freePort());
    return new FleetInstance(service, number, `http://127.0.0.1:${port}`, { ...env, [PORT_VARIABLES[service]]: port });
  }

  get name(): string {
    return `${this.service} ${this.number}`;
  }

  get running(): boolean {
    return this.lives.at(-1)?.running ?? false;
  }

  /** Starts it, without waiting for it to be ready. */
  async launch(): Promise<void> {
    this.lives.push(await ServiceProcess.launch(this.service, this.env));
  }

  async ready(): Promise<void> {
    const answered = async () => !this.running || (await fetch(`${this.url}/health/ready`)).ok;
    await waitUntil(`${this.name} is ready`, answered, { timeoutMs: READY_MS });
    if (!this.running) throw new Error(`${this.name} has ended; its output:\n${this.current.output()}`);
  }

  /** SIGTERM; resolves to the exit code, null when it had to be killed. */
  stop(): Promise<number | null> {
    return this.current.stop();
  }

  async kill9(): Promise<void> {
    if (this.running) await this.current.kill9();
  }

  /** The sum of all series of a metric whose labels hold this text; 0 where there is none. */
  async metric(name: string, labels = ''): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const series = text.split('\n').filter((line) => new RegExp(`^${name}[ {]`).test(line) && line.includes(labels));
    return series.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  /** What it has warned of last, in all its lives. */
  warnings(): string {
    const lines = this.lives.flatMap((life) => life.output().split('\n'));
    const warnings = lines.filter((line) => line !== '' && !/"level":"(debug|info)"/.test(line));
    return [`── ${this.name}`, ...warnings.slice(-SHOWN_LOG_LINES)].join('\n');
  }

  private get current(): ServiceProcess {
    const life = this.lives.at(-1);
    if (!life) throw new Error(`${this.name} was never started`);
    return life;
  }
}
