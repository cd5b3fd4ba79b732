import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { LocalServerError } from './local-server.errors.js';

/** Runs the rabbitmqctl beside `server` against `nodeName`; answers its output or rejects with REQUEST_FAILED. */
export function runRabbitmqctl(
  server: string,
  env: NodeJS.ProcessEnv,
  nodeName: string,
  args: string[],
): Promise<string> {
  const program = join(dirname(server), 'rabbitmqctl');
  return new Promise((resolve, reject) => {
    execFile(program, ['-n', nodeName, '-q', ...args], { env, timeout: 60_000 }, (error, stdout, stderr) => {
      if (error === null) return resolve(stdout);
      const message = `rabbitmqctl ${args.join(' ')} failed: ${stderr.trim() || error.message}`;
      reject(new LocalServerError('REQUEST_FAILED', message));
    });
  });
}
