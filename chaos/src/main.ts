/**
 * `npm run chaos`: the system under load, as real processes on real servers, while everything that can break is broken; and
 * a checker that afterwards holds what clients saw against the databases and the subscribers.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAULTS } from './faults/all.js';
import { type ChaosOptions, readOptions, USAGE } from './options.js';
import { reportOf } from './report/report.js';
import { runChaos } from './run-chaos.js';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** @returns the exit code: 0 when everything held, 1 when something did not, 2 when there was no run. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') say(USAGE);
  else if (options === 'list') say(FAULTS.map(({ name }) => name).join('\n'));
  else return run(options);
  return 0;
}

async function run(options: ChaosOptions): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-chaos-'));
  const result = await runChaos(options, folder, say).catch((cause: unknown) => {
    throw new Error(`${messageOf(cause)}\nwhat is left of the run: ${folder}`, { cause });
  });
  const { text, ok } = reportOf(options, result, folder);
  say(text);
  if (ok && !options.keep) rmSync(folder, { recursive: true, force: true });
  return ok ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(2);
  },
);
