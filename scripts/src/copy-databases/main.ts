import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CopyUsageError, planCopies, USAGE } from './plan-copies.js';
import { runCopies } from './run-copies.js';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');

try {
  const { copies, checkOnly } = planCopies(process.argv.slice(2));
  process.exitCode = await runCopies(root, copies, checkOnly);
} catch (error) {
  if (!(error instanceof CopyUsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}\n`);
  process.exitCode = 1;
}
