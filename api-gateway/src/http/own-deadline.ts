import { type Socket } from 'node:net';

const sockets = new WeakSet<Socket>();

/**
 * Exempts the request that a connection brings from the server's time for a whole request: for an upload that is read no
 * faster than it is worked on, and that sees to its own deadline.
 *
 * @returns a function to call when the request is done with: the next one on the connection has the usual time.
 */
export function takeOwnDeadline(socket: Socket): () => void {
  sockets.add(socket);
  return () => sockets.delete(socket);
}

/** Whether the request that this connection brings sees to its own deadline. */
export const hasOwnDeadline = (socket: Socket): boolean => sockets.has(socket);
