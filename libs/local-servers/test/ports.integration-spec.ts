import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { testServers } from '@holdfast/testing';
import { freePort } from '../src/ports.js';

/** Of 10,000 ports: two processes that know nothing of each other would choose some nine of them both. */
const PORTS = 300;

/** Chooses, says which, and lives until its input ends. */
const CHOOSE = `
  const { freePort } = await import(process.argv[1]);
  const ports = [];
  for (let index = 0; index < ${PORTS}; index += 1) ports.push(await freePort());
  process.stdout.write(JSON.stringify(ports) + '\\n');
  process.stdin.resume();`;

it('a port that a process has chosen is not chosen by another one, also while nobody listens on it', async () => {
  const module = join(testServers().root, 'libs', 'local-servers', 'dist', 'ports.js');
  const other = spawn(process.execPath, ['--input-type=module', '-e', CHOOSE, module], { stdio: 'pipe' });
  const mine: number[] = [];
  try {
    let text = '';
    other.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    for (let index = 0; index < PORTS; index += 1) mine.push(await freePort());
    while (!text.endsWith('\n')) await once(other.stdout, 'data');
    const theirs = new Set(JSON.parse(text) as number[]);
    expect(theirs.size).toBe(PORTS);
    expect(mine.filter((port) => theirs.has(port))).toEqual([]);
  } finally {
    other.stdin.end();
    if (other.exitCode === null) await once(other, 'exit');
  }
});
