import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { becomesTrue, freePort } from '@holdfast/local-servers';

/** A part of the size of a test: its readiness, its requests on standard output, a clean end on SIGTERM. */
const STAND_IN = `
  import http from 'node:http';
  const port = Number(process.env[VARIABLE]);
  const log = (msg, fields) => console.log(JSON.stringify({ level: 30, time: Date.now(), msg, ...fields }));
  if (process.env.REFUSES_TO_START === VARIABLE) {
    console.log('there is no database');
    process.exit(3);
  }
  log('environment', { names: Object.keys(process.env).join(',') });
  const server = http.createServer((request, response) => {
    if (request.url !== '/health/ready') log('request', { method: request.method, url: request.url });
    response.writeHead(request.method === 'POST' ? 201 : 200).end('{}');
  });
  server.listen(port, '127.0.0.1');
  process.on('SIGTERM', () => server.close(() => process.exit(0)));
`;

const STAND_INS = [
  {
    name: 'orders',
    title: 'orders',
    folder: 'orders',
    args: [],
    portVariable: 'ORDERS_PORT',
    defaultPort: 3002,
    database: { name: 'orders', urlVariable: 'ORDERS_DATABASE_URL' },
    secrets: ['AMQP_URL', 'REDIS_URL', 'ORDERS_DATABASE_URL'],
  },
  {
    name: 'gateway',
    title: 'gateway',
    folder: 'gateway',
    args: [],
    portVariable: 'GATEWAY_PORT',
    defaultPort: 3000,
    secrets: ['API_KEYS'],
  },
];

const launcher = (file: string): string => JSON.stringify(join(__dirname, '..', 'dist', 'start', file));

/** Writes the stand-in parts into `root`, laid out as the repository is. */
export function writeStandIns(root: string): void {
  for (const { folder, portVariable } of STAND_INS) {
    mkdirSync(join(root, folder, 'dist'), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(root, folder, 'dist', 'main.js'), STAND_IN.replaceAll('VARIABLE', `'${portVariable}'`));
  }
}

/** A launcher in a process of its own (from the build). */
export class LaunchedSystem {
  #output = '';
  #ended = false;
  readonly exitCode: Promise<number | null>;

  private constructor(
    private readonly child: ChildProcess,
    readonly gatewayPort: number,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (data) => {
        this.#output += data;
      });
    }
    this.exitCode = new Promise((resolve) => {
      child.once('close', (code) => {
        this.#ended = true;
        resolve(code);
      });
    });
  }

  /** With the stand-in parts. */
  static start(root: string, variables: Record<string, string>, argv: readonly string[] = []): Promise<LaunchedSystem> {
    return LaunchedSystem.launch(root, JSON.stringify(STAND_INS), ['ORDERS_PORT'], variables, argv);
  }

  /** With the real parts, of the repository at `root`. */
  static startWhole(
    root: string,
    variables: Record<string, string>,
    argv: readonly string[] = [],
  ): Promise<LaunchedSystem> {
    const ports = ['ORDERS_PORT', 'PRODUCTS_PORT', 'WEBHOOKS_PORT', 'LOGGER_PORT', 'NOTIFIER_PORT'];
    return LaunchedSystem.launch(root, `(await import(${launcher('parts.js')})).parts`, ports, variables, argv);
  }

  /**
   * @param parts an expression that gives them.
   * @param argv what stands behind `npm start --`.
   */
  private static async launch(
    root: string,
    parts: string,
    portVariables: readonly string[],
    variables: Record<string, string>,
    argv: readonly string[],
  ): Promise<LaunchedSystem> {
    const gatewayPort = await freePort();
    const environment: Record<string, string> = { PATH: process.env.PATH ?? '', GATEWAY_PORT: String(gatewayPort) };
    for (const variable of portVariables) environment[variable] = String(await freePort());
    Object.assign(environment, variables);
    const program = `
      const { run } = await import(${launcher('run.js')});
      const { parseStartOptions } = await import(${launcher('start-options.js')});
      const [root, environment, argv] = ${JSON.stringify([root, environment, argv])};
      const parts = ${parts};
      await run({ root, parts, options: parseStartOptions(argv, parts), environment });
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env: environment });
    return new LaunchedSystem(child, gatewayPort);
  }

  /** Everything that it printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Fulfils when it has printed `text`; rejects with what it printed instead when it ends, or after 120 s. */
  async prints(text: string): Promise<void> {
    const printed = () => this.#output.includes(text);
    await becomesTrue(() => printed() || this.#ended, { timeoutMs: 120_000 });
    if (printed()) return;
    throw new Error(`It never printed "${text}", but:\n${this.#output}`);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }
}
