import { type FastifyInstance } from 'fastify';
import { ASYNCAPI_PATH } from '../docs-paths.js';
import { asyncApiDocument } from './asyncapi.js';

/** Serves the AsyncAPI document, to everyone as the OpenAPI document is. */
export function serveAsyncApi(server: FastifyInstance): void {
  const document = JSON.stringify(asyncApiDocument());
  server.get(ASYNCAPI_PATH, (_request, reply) => {
    reply.type('application/json; charset=utf-8').send(document);
  });
}
