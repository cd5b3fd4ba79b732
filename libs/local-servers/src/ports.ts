import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { LocalServerError } from './local-server.errors.js';

/**
 * Below every system's range for outgoing connections (Linux starts at 32768, macOS and Windows at 49152). A listening
 * port inside that range is lost as soon as some client happens to be given it while the server is down, and a client
 * that reconnects to it over loopback can even connect to itself.
 */
const FIRST_PORT = 20_000;
const PORT_COUNT = 10_000;

const handedOut = new Set<number>();

/**
 * One file per port that a process has chosen, with its pid: a broker listens seconds after its ports were chosen, and until
 * then another process would find them free. A folder for each user, who could not replace the files of another.
 */
const RESERVATIONS = join(tmpdir(), `holdfast-ports-${userInfo().uid}`);

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
 * of this user has chosen and lives. It starts at a random place, so that processes which choose at the same moment seldom
 * meet.
 */
export async function freePort(): Promise<number> {
  const start = Math.floor(Math.random() * PORT_COUNT);
  for (let step = 0; step < PORT_COUNT; step += 1) {
    const port = FIRST_PORT + ((start + step) % PORT_COUNT);
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (reserve(port) && (await isPortFree(port))) return port;
  }
  throw new LocalServerError('PORT_TAKEN', `No free port between ${FIRST_PORT} and ${FIRST_PORT + PORT_COUNT - 1}.`);
}

/** @returns false when a process that lives has the port. */
function reserve(port: number): boolean {
  mkdirSync(RESERVATIONS, { recursive: true, mode: 0o700 });
  const file = join(RESERVATIONS, String(port));
  if (created(file)) return true;
  if (isAlive(holderOf(file))) return false;
  rmSync(file, { force: true });
  return created(file);
}

function created(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** @returns NaN where the file has just been removed; 0 while it is being written. */
function holderOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return Number.NaN;
  }
}

function isAlive(pid: number): boolean {
  if (pid === 0) return true;
  if (Number.isNaN(pid)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Throws PORT_TAKEN when `port` is in use; `purpose` names what wanted it ("RabbitMQ (AMQP)"). */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  if (await isPortFree(port)) return;
  throw new LocalServerError('PORT_TAKEN', `Port ${port} of 127.0.0.1, wanted for ${purpose}, is already in use.`);
}
