import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { testServers } from './servers.js';

/** A new empty folder; it goes with the run. */
export const newDataDir = (): string => mkdtempSync(join(testServers().folder, 'data-'));
