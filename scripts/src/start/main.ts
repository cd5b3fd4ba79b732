import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mergeEnvironment, readEnvFile } from './environment.js';
import { parts } from './parts.js';
import { run } from './run.js';
import { StartError } from './start.errors.js';
import { parseStartOptions, type StartOptions, USAGE } from './start-options.js';

/**
 * `npm start`, with what stands behind its `--`. Returns when the system has stopped; the exit code is 0 only if it was
 * asked to.
 */
export async function main(argv: readonly string[] = process.argv.slice(2)): Promise<void> {
  const options = optionsOrExplanation(argv);
  if (options === undefined) return;
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
  await run({ root, parts, options, environment: mergeEnvironment(readEnvFile(root), process.env) });
}

/** Undefined when there is nothing to start, which has been said. */
function optionsOrExplanation(argv: readonly string[]): StartOptions | undefined {
  try {
    const options = parseStartOptions(argv, parts);
    if (options === undefined) process.stdout.write(`${USAGE}\n`);
    return options;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
    return undefined;
  }
}
