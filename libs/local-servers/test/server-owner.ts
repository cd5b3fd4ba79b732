import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Starts a server in a Node process of its own, through the built package, and answers when the server is ready. */
export async function spawnOwner(
  start: 'startPostgres' | 'startRabbitmq' | 'startRabbitmqCluster' | 'startRedis',
  dataDir: string,
): Promise<{ serverPid: number; serverPids: number[]; kill: () => Promise<void> }> {
  const entry = join(__dirname, '..', 'dist', 'index.js');
  const program = `
    const { ${start} } = await import(${JSON.stringify(entry)});
    const server = await ${start}({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(JSON.stringify(server.pids ?? [server.pid]));
  `;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const serverPids = await new Promise<number[]>((resolve, reject) => {
    owner.stdout.once('data', (data) => resolve(JSON.parse(String(data)) as number[]));
    owner.once('exit', (code) => reject(new Error(`The owner exited with ${code}.`)));
  });
  const kill = async () => {
    const gone = once(owner, 'exit');
    owner.kill('SIGKILL');
    await gone;
  };
  return { serverPid: serverPids[0] ?? 0, serverPids, kill };
}

/** Whether nothing is left of the process group that `pid` led. */
export function groupIsGone(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return false;
  } catch {
    return true;
  }
}
