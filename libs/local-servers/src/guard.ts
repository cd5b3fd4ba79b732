import { spawn } from 'node:child_process';
import { type StopSignal } from './process-record.js';

/**
 * Waits for its standard input to end, which the system does when our process ends for whatever reason, kill -9
 * included. Then it stops the server: its own signal for that, up to 10 s of patience (100 x 0.1 s), SIGKILL for what is left of the
 * group. `kill -s` because dash takes no process group after `kill -KILL --`.
 */
const SCRIPT = `
read -r _
kill -s "$2" "$1" 2>/dev/null
tries=0
while kill -s 0 "$1" 2>/dev/null && [ "$tries" -lt 100 ]; do tries=$((tries + 1)); sleep 0.1; done
kill -s KILL -- "-$1" 2>/dev/null
exit 0
`;

/**
 * Sets a guard over the process group led by `pid`: a server must not outlive whoever started it, and exit handlers do
 * not run when that process is killed. Call the result once the server has ended, before its pid can be given away.
 */
export function guardProcess(pid: number, stopSignal: StopSignal): () => void {
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'local-servers-guard', String(pid), stopSignal.slice('SIG'.length)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  return () => {
    guard.kill('SIGKILL');
    guard.stdin.destroy();
  };
}
