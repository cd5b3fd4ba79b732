import { isIP } from 'node:net';
import { type FastifyRequest } from 'fastify';

/**
 * The address that a request comes from: that of its connection, or, where the connection is that of a trusted proxy, what
 * the proxy says of it in `X-Forwarded-For`.
 */
export function addressOf(request: FastifyRequest): string {
  const peer = request.raw.socket.remoteAddress ?? '';
  const { ip } = request;
  // A proxy that passes on what its caller made up is no reason to count by it.
  return ip === peer || isIP(ip) !== 0 ? ip : peer;
}
