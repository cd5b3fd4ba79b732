import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase, openToRead } from '@holdfast/platform';
import { waitUntil } from '@holdfast/testing';

const REFUSAL =
  'another process has it open: stop that one, or give this one a file of its own, or PostgreSQL where several are to run';

let folder: string;
let file: string;
const running: Process[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-owner-')));
  file = join(folder, 'notes.db');
});
afterEach(async () => {
  for (const process of running.splice(0)) await process.end('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** A process that opens the file as a service does. */
class Process {
  output = '';
  complaint = '';
  private readonly closed: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString('utf8')));
    child.stderr?.on('data', (chunk: Buffer) => (this.complaint += chunk.toString('utf8')));
    this.closed = once(child, 'close');
  }

  static start(path = file): Process {
    const program = join(__dirname, 'file-owner.mjs');
    const started = new Process(spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'pipe'] }));
    running.push(started);
    return started;
  }

  static async owning(path = file): Promise<Process> {
    const started = Process.start(path);
    await started.says('owns');
    return started;
  }

  says(line: 'waits' | 'owns'): Promise<boolean> {
    return waitUntil(`the process ${line}`, () => this.output.split('\n').includes(line), { timeoutMs: 90_000 });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Resolves to its exit code once it has ended; with a signal it is ended by that. */
  async end(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal) this.child.kill(signal);
    await this.closed;
    return this.child.exitCode;
  }
}

const open = (path = file): Promise<Database> =>
  openDatabase(
    { location: { dialect: 'sqlite', file: path }, entities: [], migrations: [] },
    { committed: () => undefined, failed: () => undefined },
  );

describe('a second process on a SQLite file', () => {
  it('is refused with one line, also when the first one stands still', async () => {
    const first = await Process.owning();
    first.signal('SIGSTOP');
    const second = Process.start();
    expect(await second.end()).toBe(1);
    expect(second.complaint).toBe(`owner did not start: cannot use the database ${file}: ${REFUSAL}\n`);
    expect(second.output).toBe('waits\n');
  });

  it('starts after kill -9 of the first', async () => {
    const first = await Process.owning();
    await first.end('SIGKILL');
    const second = await Process.owning();
    expect(second.output).toBe('owns\n');
  });

  it('gets the file when the first one closes it', async () => {
    const first = await Process.owning();
    const second = Process.start();
    await second.says('waits');
    expect(await first.end('SIGTERM')).toBe(0);
    await second.says('owns');
  });

  it('does not wait on when it is told to stop', async () => {
    await Process.owning();
    const second = Process.start();
    await second.says('waits');
    await second.end('SIGTERM');
    expect(second.output).toBe('waits\n');
  });

  it('is known by whichever link it has come', async () => {
    const first = await Process.owning();
    const link = join(folder, 'elsewhere', 'other.db');
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(file, link);
    const second = Process.start(link);
    await second.says('waits');
    await first.end('SIGKILL');
    await second.says('owns');
  });

  it('may read it', async () => {
    await Process.owning();
    const { queries, close } = await openToRead({ dialect: 'sqlite', file });
    expect(await queries.all('SELECT count(*) AS migrations FROM migrations')).toEqual([{ migrations: 0 }]);
    await close();
  });
});

describe('a process', () => {
  it('may open its file several times, by whichever path, and has it until all are closed', async () => {
    const link = join(folder, 'link');
    symlinkSync(folder, link);
    const one = await open(join(link, 'notes.db'));
    const other = await open();
    await one.close();
    const next = Process.start();
    await next.says('waits');
    await other.close();
    await next.says('owns');
  });

  it('does not keep a file that it could not open', async () => {
    mkdirSync(file);
    await expect(open()).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' });
    rmSync(file, { recursive: true });
    await Process.owning();
  });

  it('says which file it is when there can be no lock', async () => {
    mkdirSync(`${file}-owner`);
    await expect(open()).rejects.toMatchObject({
      name: 'DatabaseStartError',
      message: expect.stringContaining(`cannot use the database ${file}: no lock on ${file}-owner: `),
    });
  });
});
