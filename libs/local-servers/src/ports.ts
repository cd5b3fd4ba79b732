import { createSocket, type Socket } from 'node:dgram';
import { createServer } from 'node:net';
import { LocalServerError } from './local-server.errors.js';

/**
 * Below every system's range for outgoing connections (Linux starts at 32768, macOS and Windows at 49152). A listening
 * port inside that range is lost as soon as some client happens to be given it while the server is down, and a client
 * that reconnects to it over loopback can even connect to itself.
 */
const FIRST_PORT = 20_000;
const PORT_COUNT = 10_000;

/**
 * What this process has chosen, each port with the UDP socket that holds it. A broker listens seconds after its ports were
 * chosen, and until then another process would find them free. UDP has the same numbers and nobody here uses them: the
 * kernel gives each to one process only, and takes it back when that process dies, however it dies.
 */
const chosen = new Map<number, Socket>();

/** Whether a server can listen on 127.0.0.1:`port` now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host: '127.0.0.1', port }, () => probe.close(() => resolve(true)));
  });
}

/**
 * A port of 127.0.0.1 on which nothing listens; within one process never the same twice, and none that another process
 * has chosen in this way and lives. It starts at a random place, so that processes which choose at the same moment seldom
 * meet.
 */
export async function freePort(): Promise<number> {
  const start = Math.floor(Math.random() * PORT_COUNT);
  for (let step = 0; step < PORT_COUNT; step += 1) {
    const port = FIRST_PORT + ((start + step) % PORT_COUNT);
    if (chosen.has(port)) continue;
    const hold = await holdOf(port);
    if (hold === undefined) continue;
    if (!(await isPortFree(port))) {
      hold.close();
      continue;
    }
    chosen.set(port, hold);
    return port;
  }
  throw new LocalServerError('PORT_TAKEN', `No free port between ${FIRST_PORT} and ${FIRST_PORT + PORT_COUNT - 1}.`);
}

/** @returns undefined when another process, or another call, has the port. */
function holdOf(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const hold = createSocket('udp4').unref();
    hold.on('error', () => resolve(undefined));
    // Exclusive: the workers of a node:cluster would share one socket otherwise.
    hold.bind({ address: '127.0.0.1', port, exclusive: true }, () => resolve(hold));
  });
}

/** Throws PORT_TAKEN when `port` is in use; `purpose` names what wanted it ("RabbitMQ (AMQP)"). */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  if (await isPortFree(port)) return;
  throw new LocalServerError('PORT_TAKEN', `Port ${port} of 127.0.0.1, wanted for ${purpose}, is already in use.`);
}
