import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mergeEnvironment, readEnvFile } from './environment.js';
import { parts } from './parts.js';
import { run } from './run.js';

/** `npm start`. Returns when the system has stopped; the exit code is 0 only if it was asked to. */
export async function main(): Promise<void> {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
  await run({ root, parts, environment: mergeEnvironment(readEnvFile(root), process.env) });
}
