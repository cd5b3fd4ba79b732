import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { testServers } from '@holdfast/testing';

export interface Ran {
  exitCode: number;
  output: string;
}

// A run that hangs is ended by its own limits within minutes; this is for a run that has none.
const KILLED_AFTER_MS = 600_000;

/** `npm run chaos -- …`, without the groundwork, which the run of the tests has done. */
export function runMain(...args: string[]): Promise<Ran> {
  const { root, folder } = testServers();
  const program = join(root, 'chaos', 'dist', 'main.js');
  const options = { cwd: folder, timeout: KILLED_AFTER_MS, env: { PATH: process.env.PATH } };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code ?? -1) : 0, output: stdout + stderr });
    });
  });
}
