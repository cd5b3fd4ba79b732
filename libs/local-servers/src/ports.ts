import { createServer } from 'node:net';
import { LocalServerError } from './local-server.errors.js';

/**
 * Below every system's range for outgoing connections (Linux starts at 32768, macOS and Windows at 49152). A listening
 * port inside that range is lost as soon as some client happens to be given it while the server is down, and a client
 * that reconnects to it over loopback can even connect to itself.
 */
const FIRST_PORT = 20_000;
const PORT_COUNT = 10_000;

const handedOut = new Set<number>();

/** Whether a server can listen on 127.0.0.1:`port` now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host: '127.0.0.1', port }, () => probe.close(() => resolve(true)));
  });
}

/**
 * A port of 127.0.0.1 on which nothing listens; within one process never the same twice.
 * It starts at a random place, so that processes which choose at the same moment seldom meet.
 */
export async function freePort(): Promise<number> {
  const start = Math.floor(Math.random() * PORT_COUNT);
  for (let step = 0; step < PORT_COUNT; step += 1) {
    const port = FIRST_PORT + ((start + step) % PORT_COUNT);
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (await isPortFree(port)) return port;
  }
  throw new LocalServerError('PORT_TAKEN', `No free port between ${FIRST_PORT} and ${FIRST_PORT + PORT_COUNT - 1}.`);
}

/** Throws PORT_TAKEN when `port` is in use; `purpose` names what wanted it ("RabbitMQ (AMQP)"). */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  if (await isPortFree(port)) return;
  throw new LocalServerError('PORT_TAKEN', `Port ${port} of 127.0.0.1, wanted for ${purpose}, is already in use.`);
}
