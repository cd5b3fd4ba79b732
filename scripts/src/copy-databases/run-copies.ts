import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { type PlannedCopy } from './plan-copies.js';

/**
 * Runs the services' own programs one after the other, and all of them as a check first: what keeps one from being copied
 * is known before any is.
 *
 * @returns the exit code of the first that did not end well, or 0.
 */
export async function runCopies(root: string, copies: readonly PlannedCopy[], checkOnly: boolean): Promise<number> {
  if (checkOnly || copies.length > 1) {
    const codes: number[] = [];
    for (const copy of copies) codes.push(await run(root, copy, ['--check']));
    const bad = codes.find((code) => code !== 0);
    if (checkOnly || bad !== undefined) return bad ?? 0;
  }
  for (const [index, copy] of copies.entries()) {
    const code = await run(root, copy, []);
    if (code === 0) continue;
    const rest = copies.slice(index).map(({ service }) => `--service ${service}`);
    if (index > 0) process.stderr.write(`What came before is copied. Left to do: ${rest.join(', ')}\n`);
    return code;
  }
  return 0;
}

/** Its exit code; as a shell gives it where a signal has ended it. */
function run(root: string, { program, args }: PlannedCopy, more: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [join(root, program), ...args, ...more], { cwd: root, stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, pass);
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  }).finally(() => {
    for (const signal of signals) process.off(signal, pass);
  });
}
