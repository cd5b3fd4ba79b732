import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testServers } from './servers.js';

/** A message as `libs/contracts/examples/<name>.json` shows it. */
export function contractExample(name: string): { pattern: string; data: Record<string, unknown> } {
  const file = join(testServers().root, 'libs', 'contracts', 'examples', `${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8'));
}
