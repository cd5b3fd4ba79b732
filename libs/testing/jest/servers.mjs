/** What a run of Jest has started; shared by its global setup and teardown, which are two modules of one process. */
import { rmSync } from 'node:fs';

const started = {};

/** Remembers parts as they come up, so that an interrupted start stops what there is. */
export function keep(parts) {
  return Object.assign(started, parts);
}

// SIGKILL: nothing of the data is wanted, and a clean stop of RabbitMQ takes six seconds.
export async function stopServers() {
  await Promise.all([started.rabbitmq?.kill(), started.redis?.kill(), started.postgres?.kill()]);
  removeFolder();
}

/** For signals: ends the servers by their pids without waiting, then this process. */
export function stopAtOnce(exitCode) {
  for (const server of [started.rabbitmq, started.redis, started.postgres]) {
    try {
      if (server) process.kill(-server.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
  removeFolder();
  process.exit(exitCode);
}

function removeFolder() {
  if (started.folder) rmSync(started.folder, { recursive: true, force: true, maxRetries: 5 });
}
