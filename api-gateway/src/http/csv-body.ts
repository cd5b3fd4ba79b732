import { type IncomingMessage } from 'node:http';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { requireUtf8Encoding } from './body-encoding.js';
import { ProblemError } from './problem.js';
import { RouteOption } from './route-option.js';

/** Makes a route take a CSV file, which it reads itself while it arrives. */
export const CsvBody = () => RouteOption({ body: 'csv' });

const takesCsv = (config: object): boolean => 'body' in config && config.body === 'csv';

/** Hands `text/csv` on unread, with no limit to its size, to routes that are made for it. */
export function passCsvBodies(server: FastifyInstance): void {
  server.addContentTypeParser('text/csv', (request, payload, done) => {
    try {
      if (!takesCsv(request.routeOptions.config)) {
        throw new ProblemError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as Content-Type: application/json.');
      }
      requireUtf8Encoding(request, 'CSV');
    } catch (error) {
      done(error as Error);
      return;
    }
    done(null, payload);
  });
}

/** @throws ProblemError UNSUPPORTED_MEDIA_TYPE for a request that brings no CSV. */
export function csvUploadOf(request: FastifyRequest): IncomingMessage {
  if (request.body === request.raw) return request.raw;
  throw new ProblemError('UNSUPPORTED_MEDIA_TYPE', 'Send the file as Content-Type: text/csv.');
}
