import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** Redis has 16 databases unless configured otherwise. Number 0 is everybody's, so it only holds who has which. */
const LAST_DATABASE = 15;

/**
 * The database of a shared Redis that belongs to this system, taken at first use: two systems on one Redis must not
 * see each other's keys. Undefined when all are taken.
 */
export async function claimRedisDatabase(port: number, systemId: string): Promise<number | undefined> {
  const socket = connect({ port, host: '127.0.0.1' });
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  try {
    for (let database = 1; database <= LAST_DATABASE; database += 1) {
      const owner = await setIfAbsent(socket, lines, `holdfast:database:${database}`, systemId);
      if (owner === undefined || owner === systemId) return database;
    }
    return undefined;
  } finally {
    socket.destroy();
  }
}

/** `SET key value NX GET` (Redis 7): undefined when it was set, otherwise the value that was there. */
async function setIfAbsent(
  socket: Socket,
  lines: AsyncIterator<string>,
  key: string,
  value: string,
): Promise<string | undefined> {
  socket.write(`SET ${key} ${value} NX GET\r\n`);
  const header = await nextLine(lines);
  if (header === '$-1') return undefined;
  if (!header.startsWith('$')) throw new Error(`Redis answered "${header}" to SET NX GET.`);
  return nextLine(lines);
}

async function nextLine(lines: AsyncIterator<string>): Promise<string> {
  const { value, done } = await lines.next();
  if (done) throw new Error('Redis closed the connection.');
  return value;
}
