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
    folder: 'orders',
    portVariable: 'ORDERS_PORT',
    defaultPort: 3002,
    secrets: ['ORDERS_DATABASE_URL'],
  },
  { name: 'gateway', folder: 'gateway', portVariable: 'GATEWAY_PORT', defaultPort: 3000, secrets: ['API_KEYS'] },
];

/** Writes the stand-in parts into `root`, laid out as the repository is. */
export function writeStandIns(root: string): void {
  for (const { folder, portVariable } of STAND_INS) {
    mkdirSync(join(root, folder, 'dist'), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(root, folder, 'dist', 'main.js'), STAND_IN.replaceAll('VARIABLE', `'${portVariable}'`));
  }
}

/** A launcher in a process of its own (from the build), with the stand-in parts. */
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

  static async start(root: string, variables: Record<string, string>): Promise<LaunchedSystem> {
    const entry = join(__dirname, '..', 'dist', 'start', 'run.js');
    const gatewayPort = await freePort();
    const ports = { GATEWAY_PORT: String(gatewayPort), ORDERS_PORT: String(await freePort()) };
    const environment = { PATH: process.env.PATH ?? '', ...ports, ...variables };
    const program = `
      const { run } = await import(${JSON.stringify(entry)});
      await run(${JSON.stringify({ root, parts: STAND_INS, environment })});
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env: environment });
    return new LaunchedSystem(child, gatewayPort);
  }

  /** Everything that it printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Fulfils when it has printed `text`; rejects with what it printed instead when it ends, or after 60 s. */
  async prints(text: string): Promise<void> {
    const printed = () => this.#output.includes(text);
    await becomesTrue(() => printed() || this.#ended, { timeoutMs: 60_000 });
    if (printed()) return;
    throw new Error(`It never printed "${text}", but:\n${this.#output}`);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }
}
