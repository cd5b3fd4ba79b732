import { findRabbitmqServer, findRedisServer } from '@holdfast/local-servers';
import { StartError } from '../start/start.errors.js';
import { canInstallPackages, installPackages } from './debian-packages.js';

/**
 * Makes sure that the programs of RabbitMQ and Redis are on this machine, for tests, which run private servers whatever
 * else listens; installs what is missing where that needs no password, after telling `say`.
 * Throws StartError, naming the packages, when they cannot be had.
 */
export async function ensureServerPrograms(say: (line: string) => void = print): Promise<void> {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const names = missing.join(' and ');
  if (!(await canInstallPackages())) {
    throw new StartError(`The tests run servers of their own: install ${names} first.`);
  }
  say(`Installing ${names} with apt-get …`);
  const problem = await installPackages(missing);
  if (problem !== undefined || missingPackages().length > 0) {
    throw new StartError(
      `${names} could not be installed: ${problem ?? 'their programs are not where they should be'}`,
    );
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function missingPackages(): string[] {
  return [
    ...(findRabbitmqServer() === undefined ? ['rabbitmq-server'] : []),
    ...(findRedisServer() === undefined ? ['redis-server'] : []),
  ];
}
