import { connect } from 'node:net';

/** Far above the 15 s in which the gateway wants a request to have arrived. */
const STUCK_MS = 60_000;

/** What came back over a connection until the server closed it. */
export interface RawExchange {
  /** Of each answer, in their order. */
  statuses: number[];
  text: string;
}

/**
 * Sends bytes exactly as they are, which no HTTP client does that keeps to the rules, and reads until the server closes
 * the connection.
 *
 * @throws Error when it does not.
 */
export function rawExchange(url: string, bytes: string): Promise<RawExchange> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    socket.setEncoding('latin1');
    socket.setTimeout(STUCK_MS, () => socket.destroy(new Error(`the connection stays open; until now: ${text}`)));
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    // A reset is a way to close, too.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => resolve({ statuses: statusesIn(text), text }));
  });
}

const statusesIn = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
