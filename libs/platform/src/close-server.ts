import { type Server } from 'node:http';
import { type Socket } from 'node:net';

// A part has 15 s to stop. Whoever has sent half a request by then is not waited for.
const PATIENCE_MS = 13_000;

/**
 * Notes the connections of a server.
 *
 * @returns a function that runs `close`, which is to resolve when the last connection is closed, and sees to it that it
 * does: Node closes idle connections, but not those on which nothing was ever sent, and it stops to time requests out.
 */
export function connectionsOf(server: Server): (close: () => Promise<void>) => Promise<void> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return async (close) => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    const deadline = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
    try {
      await close();
    } finally {
      clearTimeout(deadline);
    }
  };
}
