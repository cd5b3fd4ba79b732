import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

let part: ChildProcess | undefined;

afterEach(() => {
  part?.kill('SIGKILL');
});

/** Runs a part until it ends; `onStarted` is called when it says that it has started. */
async function run(deed: string, onStarted: (part: ChildProcess) => void = () => undefined) {
  const child = spawn(process.execPath, [join(__dirname, 'part.mjs'), deed], { stdio: ['ignore', 'pipe', 'pipe'] });
  part = child;
  const output = { stdout: '', stderr: '' };
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString('utf8')));
  child.stdout.on('data', (chunk: Buffer) => {
    const started = output.stdout.includes('"started"');
    output.stdout += chunk.toString('utf8');
    if (!started && output.stdout.includes('"started"')) onStarted(child);
  });
  const [code] = await once(child, 'close');
  return { code, ...output };
}

describe('a part', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'stops once at %s, however often it comes, and ends with 0',
    async (signal) => {
      const { code, stdout } = await run('stop cleanly', (child) => {
        child.kill(signal);
        child.kill(signal);
      });
      expect(code).toBe(0);
      expect(stdout.match(/stopping cleanly/g)).toHaveLength(1);
    },
  );

  it('ends with 1 when it fails to stop, and says why', async () => {
    const { code, stdout } = await run('fail to stop', (child) => child.kill('SIGTERM'));
    expect(code).toBe(1);
    expect(stdout).toContain('the database is gone');
  });

  it('ends with 1 and one sentence when it cannot start', async () => {
    expect(await run('fail to start')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'part did not start: port 3000 is taken\n',
    });
  });

  it('ends when an error goes unheard, rather than going on in an unknown state', async () => {
    const { code, stdout } = await run('reject unheard');
    expect(code).toBe(1);
    expect(stdout).toContain('nobody listens');
  });

  it('writes JSON lines without secrets', async () => {
    const { stdout } = await run('stop cleanly', (child) => child.kill('SIGTERM'));
    const lines = stdout
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(lines[0]).toMatchObject({
      level: 'info',
      part: 'part',
      msg: 'started',
      password: '[redacted]',
      headers: { authorization: '[redacted]' },
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect(stdout).not.toContain('s3cret');
  });
});
