import { runProgram } from './run-program.js';

/** Compose refuses its file while a required variable is unset, even one of a service that is not started. */
const PLACEHOLDERS = { API_KEYS: 'unused:unused:unused', WEBHOOK_ENCRYPTION_KEY: 'unused' };

/** Whether an engine answers and has Compose; a client without an engine fails at once, a hanging engine after 10 s. */
export async function dockerAnswers(): Promise<boolean> {
  const engine = await runProgram('docker', ['info', '--format', '{{.ServerVersion}}'], { timeoutMs: 10_000 });
  if (!engine.ok || engine.output.trim() === '') return false;
  return (await runProgram('docker', ['compose', 'version'], { timeoutMs: 10_000 })).ok;
}

/** Starts one service of docker-compose.yml and waits until it is healthy. `wasRunning`: it is not ours to stop. */
export async function composeUp(
  root: string,
  service: string,
): Promise<{ ok: boolean; wasRunning: boolean; output: string }> {
  const running = await compose(root, ['ps', '--status', 'running', '--services'], 30_000);
  const wasRunning = running.ok && running.output.split('\n').includes(service);
  // Ten minutes: the image may have to be pulled first.
  const up = await compose(root, ['up', '-d', '--wait', service], 600_000);
  return { ok: up.ok, wasRunning, output: up.output };
}

export async function composeStop(root: string, service: string): Promise<void> {
  await compose(root, ['stop', service], 60_000);
}

function compose(root: string, args: string[], timeoutMs: number) {
  const env = { ...PLACEHOLDERS, ...process.env };
  return runProgram('docker', ['compose', '--project-directory', root, ...args], { cwd: root, env, timeoutMs });
}
