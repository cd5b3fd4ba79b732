import { connect } from 'node:net';
import { becomesTrue, LocalServerError } from '@holdfast/local-servers';
import { Environment } from '../start/environment.js';
import { Log } from '../start/log.js';
import { StartError } from '../start/start.errors.js';
import { chooseSource, ServerSource } from './choose-source.js';
import { canInstallPackages, installPackages } from './debian-packages.js';
import { composeStop, composeUp, dockerAnswers } from './docker-compose.js';
import { ProvidedServer, ServerKind } from './server-kind.js';

/** Long enough for a broker that is being started beside us (about 5 s), short enough for a mistyped host. */
const REACHABLE_TIMEOUT_MS = 8_000;

/**
 * Finds or starts one server, in the order of {@link ServerSource}; a source that fails is said so and the next is
 * tried. Throws StartError when none is left.
 */
export async function provideServer(
  kind: ServerKind,
  environment: Environment,
  root: string,
  log: Log,
): Promise<ProvidedServer> {
  const url = environment[kind.urlVariable];
  const failed = new Set<ServerSource>();
  for (;;) {
    const source = await chooseSource({
      hasUrl: url !== undefined,
      listens: async () => !failed.has('listening') && (await listens(kind, log, failed)),
      dockerAnswers: async () => !failed.has('docker') && (await dockerAnswers()),
      isInstalled: kind.isInstalled,
      canInstall: async () => !failed.has('install') && (await canInstallPackages()),
    });
    const server = await fromSource(source, kind, url, root, log);
    if (server !== undefined) return server;
    failed.add(source);
  }
}

/** Undefined when this source does not work out and the next one should be tried. */
async function fromSource(
  source: ServerSource,
  kind: ServerKind,
  url: string | undefined,
  root: string,
  log: Log,
): Promise<ProvidedServer | undefined> {
  switch (source) {
    case 'environment':
      return fromUrl(kind, url ?? '');
    case 'listening':
      return fromListening(kind, log);
    case 'docker':
      return fromCompose(kind, root, log);
    case 'private':
      return fromPrivate(kind, log);
    case 'install':
      return fromInstalled(kind, log);
    case 'nowhere':
      throw new StartError(
        `No ${kind.name} is to be had: set ${kind.urlVariable} to one, start one on port ${kind.port}, start Docker, or install the package ${kind.debianPackage}.`,
      );
  }
}

async function listens(kind: ServerKind, log: Log, failed: Set<ServerSource>): Promise<boolean> {
  const answer = await kind.probe();
  if (answer === 'refused') {
    failed.add('listening');
    log.info(
      `port ${kind.port} answers but ${kind.refusal}, so another ${kind.name} is looked for (${kind.urlVariable} with a login would use that one)`,
    );
  }
  return answer === 'accepted';
}

/** One of several nodes has to answer: the parts find it, and the others when they are there. */
async function fromUrl(kind: ServerKind, text: string): Promise<ProvidedServer> {
  const urls = kind.urlsIn(text);
  const servers = urls.map((url, index) => {
    const place = urls.length === 1 ? '' : `URL ${index + 1} of ${urls.length} in `;
    return hostAndPort(url, kind.port, `${place}${kind.urlVariable}`);
  });
  const names = servers.map(({ host, port }) => `${host}:${port}`).join(', ');
  const answers = async () => (await Promise.all(servers.map(accepts))).includes(true);
  if (!(await becomesTrue(answers, { timeoutMs: REACHABLE_TIMEOUT_MS, intervalMs: 500 }))) {
    throw new StartError(`${kind.name} does not answer at ${names}, which ${kind.urlVariable} names.`);
  }
  const origin = `${names}, from ${kind.urlVariable}`;
  return { name: kind.name, url: text, origin, stop: () => Promise.resolve() };
}

function hostAndPort(text: string, defaultPort: number, name: string): { host: string; port: number } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') throw new StartError(`${name} is not a URL.`);
  return { host: url.hostname, port: Number(url.port || defaultPort) };
}

async function fromListening(kind: ServerKind, log: Log): Promise<ProvidedServer | undefined> {
  const server = await kind.useListening();
  if (server === undefined) log.info(`the ${kind.name} on port ${kind.port} has no room for this system`);
  return server;
}

async function fromCompose(kind: ServerKind, root: string, log: Log): Promise<ProvidedServer | undefined> {
  log.info(`starting ${kind.name} with docker compose …`);
  const { ok, wasRunning, output } = await composeUp(root, kind.composeService);
  const server = ok ? await kind.useComposed() : undefined;
  if (server === undefined) {
    log.warn(
      `docker compose brought up no ${kind.name} that we can use: ${lastLine(output) || 'it refuses our login'}`,
    );
    return undefined;
  }
  return wasRunning ? server : { ...server, stop: () => composeStop(root, kind.composeService) };
}

async function fromPrivate(kind: ServerKind, log: Log): Promise<ProvidedServer> {
  log.info(`starting ${kind.name} …`);
  try {
    return await kind.startPrivate();
  } catch (error) {
    if (!(error instanceof LocalServerError)) throw error;
    const advice = error.code === 'PORT_TAKEN' ? ` Set ${kind.portVariable} to a free port or leave it out.` : '';
    throw new StartError(`${error.message}${advice}`);
  }
}

async function fromInstalled(kind: ServerKind, log: Log): Promise<ProvidedServer | undefined> {
  log.info(`${kind.name} is not on this machine: installing the package ${kind.debianPackage} with apt-get …`);
  const problem = await installPackages([kind.debianPackage]);
  if (problem === undefined && kind.isInstalled()) return fromPrivate(kind, log);
  log.warn(`${kind.debianPackage} could not be installed: ${problem ?? 'its program is not where it should be'}`);
  return undefined;
}

function accepts({ host, port }: { host: string; port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    // A URL has brackets around an IPv6 address, which a socket takes without.
    const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2_000, () => finish(false));
    socket.once('error', () => finish(false));
    socket.once('connect', () => finish(true));
  });
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}
