import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LocalServerError } from './local-server.errors.js';

/** The first of `candidates` that this user may execute. */
function firstExecutable(candidates: string[]): string | undefined {
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function onPath(name: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...folders, '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'].map((folder) => join(folder, name));
}

/** `<root>/rabbitmq_server-<version>/sbin/rabbitmq-server`, newest version first. */
function versionedInstallations(root: string): string[] {
  try {
    return readdirSync(root)
      .filter((entry) => entry.startsWith('rabbitmq_server-'))
      .sort((left, right) => right.localeCompare(left, 'en', { numeric: true }))
      .map((entry) => join(root, entry, 'sbin', 'rabbitmq-server'));
  } catch {
    return [];
  }
}

/**
 * The server's own start script. `/usr/sbin/rabbitmq-server` of the Debian and RPM packages comes last: it is a wrapper
 * that switches to the user `rabbitmq` (who cannot read our directories) or refuses everyone but root.
 */
export function findRabbitmqServer(): string | undefined {
  return firstExecutable([
    '/usr/lib/rabbitmq/bin/rabbitmq-server',
    ...versionedInstallations('/usr/lib/rabbitmq/lib'),
    '/opt/rabbitmq/sbin/rabbitmq-server',
    '/opt/homebrew/opt/rabbitmq/sbin/rabbitmq-server',
    '/usr/local/opt/rabbitmq/sbin/rabbitmq-server',
    ...onPath('rabbitmq-server'),
  ]);
}

/** Erlang's port mapper, which RabbitMQ needs to start. */
export function findEpmd(): string | undefined {
  return firstExecutable([...onPath('epmd'), '/usr/lib/erlang/bin/epmd', '/usr/local/lib/erlang/bin/epmd']);
}

/** {@link findRabbitmqServer}, or SERVER_NOT_INSTALLED. */
export function requireRabbitmq(): string {
  const server = findRabbitmqServer();
  if (server !== undefined) return server;
  throw new LocalServerError('SERVER_NOT_INSTALLED', 'rabbitmq-server is not installed on this machine.');
}

/** {@link findEpmd}, or SERVER_NOT_INSTALLED. */
export function requireEpmd(): string {
  const epmd = findEpmd();
  if (epmd !== undefined) return epmd;
  throw new LocalServerError('SERVER_NOT_INSTALLED', 'epmd, a part of Erlang, is not found.');
}

export function findRedisServer(): string | undefined {
  return firstExecutable(onPath('redis-server'));
}
