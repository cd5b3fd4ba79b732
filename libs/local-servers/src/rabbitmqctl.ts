import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { LocalServerError } from './local-server.errors.js';

// It takes 2 s; on a machine that does thirty things at once a minute was not enough.
const TIMEOUT_MS = 180_000;

/** Runs the rabbitmqctl beside `server` against `nodeName`; answers its output or rejects with REQUEST_FAILED. */
export function runRabbitmqctl(
  server: string,
  env: NodeJS.ProcessEnv,
  nodeName: string,
  args: string[],
): Promise<string> {
  const program = join(dirname(server), 'rabbitmqctl');
  // At SIGTERM it ends with 0, which would look as if it had done what it was told.
  const options = { env, timeout: TIMEOUT_MS, killSignal: 'SIGKILL' } as const;
  return new Promise((resolve, reject) => {
    execFile(program, ['-n', nodeName, '-q', ...args], options, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const message = `rabbitmqctl ${args.join(' ')} failed: ${stderr.trim() || error.message}`;
      reject(new LocalServerError('REQUEST_FAILED', message));
    });
  });
}
