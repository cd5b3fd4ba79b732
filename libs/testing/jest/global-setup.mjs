/**
 * One private RabbitMQ, one private Redis and one private PostgreSQL for a whole run of Jest. Plain ESM that Jest loads as it is, so the imports
 * are Node's: the compiled packages, which are brought up to date first. Tests find the servers through
 * HOLDFAST_TEST_SERVERS, which workers inherit.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keep, stopAtOnce } from './servers.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

export default async function startServers() {
  compile();
  const { startPostgres, startRabbitmq, startRedis } = await import('@holdfast/local-servers');
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-tests-'));
  // For PostgreSQL, which where we are root runs as somebody else, and has to come through here.
  chmodSync(folder, 0o711);
  keep({ folder });
  process.once('SIGINT', () => stopAtOnce(130));
  process.once('SIGTERM', () => stopAtOnce(143));
  const rabbitmq = startRabbitmq({ dataDir: join(folder, 'rabbitmq') }).then((server) => keep({ rabbitmq: server }));
  const redis = startRedis({ dataDir: join(folder, 'redis') }).then((server) => keep({ redis: server }));
  const postgres = startPostgres({ dataDir: join(folder, 'postgres') }).then((server) => keep({ postgres: server }));
  await Promise.all([rabbitmq, redis, postgres]);
  publish(folder, keep({}));
}

/** Also what tests start as processes of their own has to be what the sources say. */
function compile() {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    // chaos and e2e stand on all services.
    execFileSync(
      process.execPath,
      [tsc, '-b', 'libs/local-servers', 'libs/platform', 'edge-functions', 'chaos', 'e2e'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
  } catch (error) {
    throw new Error(`The sources do not compile:\n${error.stdout || error.message}`);
  }
}

function publish(folder, { rabbitmq: { url, managementUrl, user, password }, redis, postgres }) {
  const rabbitmq = { url, managementUrl, user, password };
  const servers = { root, folder, rabbitmq, redisUrl: redis.url, postgresUrl: postgres.url };
  process.env.HOLDFAST_TEST_SERVERS = JSON.stringify(servers);
}
