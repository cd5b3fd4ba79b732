import { join } from 'node:path';
import { answersPing, findRedisServer, isPortFree, startRedis } from '@holdfast/local-servers';
import { defaultOrFree } from './default-or-free.js';
import { claimRedisDatabase } from './redis-database.js';
import { Probe, ProvidedServer, ServerKind } from './server-kind.js';
import { ServerPlace } from './server-place.js';

const NAME = 'Redis';

export function redisKind(place: ServerPlace): ServerKind {
  const port = place.redisPort ?? 6379;
  return {
    name: NAME,
    urlVariable: 'REDIS_URL',
    urlsIn: (text) => [text],
    portVariable: 'REDIS_PORT',
    port,
    refusal: 'does not let us in without a login',
    composeService: 'redis',
    debianPackage: 'redis-server',
    isInstalled: () => findRedisServer() !== undefined,
    probe: () => probe(port),
    useListening: () => useShared(port, place.systemId, `listening on port ${port}`),
    useComposed: async () => {
      if ((await probe(port)) !== 'accepted') return undefined;
      return useShared(port, place.systemId, 'a container of docker-compose.yml');
    },
    startPrivate: () => startPrivate(place),
  };
}

async function probe(port: number): Promise<Probe> {
  if (await answersPing(port)) return 'accepted';
  return (await isPortFree(port)) ? 'nothing' : 'refused';
}

async function useShared(port: number, systemId: string, origin: string): Promise<ProvidedServer | undefined> {
  const database = await claimRedisDatabase(port, systemId).catch(() => undefined);
  if (database === undefined) return undefined;
  return {
    name: NAME,
    url: `redis://127.0.0.1:${port}/${database}`,
    origin: `${origin}, database ${database}`,
    stop: () => Promise.resolve(),
  };
}

async function startPrivate(place: ServerPlace): Promise<ProvidedServer> {
  const dataDir = join(place.dataDir, 'redis');
  const server = await startRedis({ dataDir, port: place.redisPort ?? (await defaultOrFree(6379)) });
  return {
    name: NAME,
    url: server.url,
    origin: `started here, data in ${dataDir}`,
    child: { exited: () => server.exited, restart: () => server.restart(), kill: () => server.kill() },
    stop: () => server.stop(),
  };
}
