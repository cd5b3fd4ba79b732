import { join } from 'node:path';
import {
  createVhost,
  findRabbitmqServer,
  managementRequest,
  type RabbitmqAccess,
  startRabbitmq,
} from '@holdfast/local-servers';
import { tryAmqpLogin } from './amqp-login.js';
import { defaultOrFree } from './default-or-free.js';
import { ProvidedServer, ServerKind } from './server-kind.js';
import { ServerPlace } from './server-place.js';

const NAME = 'RabbitMQ';

export function rabbitmqKind(place: ServerPlace): ServerKind {
  const port = place.amqpPort ?? 5672;
  const managementPort = place.managementPort ?? 15_672;
  const shared = (user: string, password: string): RabbitmqAccess => ({
    url: `amqp://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/`,
    managementUrl: `http://127.0.0.1:${managementPort}`,
    user,
    password,
  });
  return {
    name: NAME,
    urlVariable: 'AMQP_URL',
    urlsIn: (text) => text.split(',').map((url) => url.trim()),
    portVariable: 'AMQP_PORT',
    port,
    refusal: 'does not accept the login guest/guest',
    composeService: 'rabbitmq',
    debianPackage: 'rabbitmq-server',
    isInstalled: () => findRabbitmqServer() !== undefined,
    probe: () => tryAmqpLogin(port, 'guest', 'guest'),
    useListening: () => useShared(shared('guest', 'guest'), place.systemId, `listening on port ${port}`),
    useComposed: async () => {
      const { user, password } = place.composeLogin;
      if ((await tryAmqpLogin(port, user, password)) !== 'accepted') return undefined;
      return useShared(shared(user, password), place.systemId, 'a container of docker-compose.yml');
    },
    startPrivate: () => startPrivate(place),
  };
}

/**
 * A broker that others may use too: a virtual host per system keeps two systems from consuming each other's orders.
 * Virtual hosts are made through the management API; a broker without that plugin is used as it is.
 */
async function useShared(access: RabbitmqAccess, systemId: string, origin: string): Promise<ProvidedServer> {
  const overview = await managementRequest(access, 'GET', '/api/overview', { timeoutMs: 5_000 }).catch(() => undefined);
  const stop = () => Promise.resolve();
  if (overview?.status !== 200) return { name: NAME, url: access.url, origin, stop };
  const vhost = `holdfast-${systemId}`;
  const url = await createVhost(access, vhost);
  const managementUi = { url: access.managementUrl, user: access.user, password: access.password };
  return { name: NAME, url, origin: `${origin}, virtual host ${vhost}`, managementUi, stop };
}

async function startPrivate(place: ServerPlace): Promise<ProvidedServer> {
  const dataDir = join(place.dataDir, 'rabbitmq');
  const server = await startRabbitmq({
    dataDir,
    amqpPort: place.amqpPort ?? (await defaultOrFree(5672)),
    managementPort: place.managementPort ?? (await defaultOrFree(15_672)),
  });
  return {
    name: NAME,
    url: server.url,
    origin: `started here, data in ${dataDir}`,
    managementUi: { url: server.managementUrl, user: server.user, password: server.password },
    child: { exited: () => server.exited, restart: () => server.restart(), kill: () => server.kill() },
    stop: () => server.stop(),
  };
}
