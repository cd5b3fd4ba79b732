import { type FastifyReply, type FastifyRequest } from 'fastify';
import { isCurrent } from './etag.js';

/** Sends a resource with its validator, or 304 to a caller who has this very state. */
export function sendConditionally(request: FastifyRequest, reply: FastifyReply, body: object, etag: string): void {
  // A caller's own cache may keep it and has to ask each time; no-store would make the validator useless.
  reply.header('etag', etag).header('cache-control', 'private, no-cache');
  if (isCurrent(request.headers['if-none-match'], etag)) reply.code(304).send();
  else reply.send(body);
}
