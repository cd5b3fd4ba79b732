import { type Server } from 'node:http';
import { newId } from '@holdfast/contracts';
import { type FastifyHttpOptions } from 'fastify';
import { sendProblem } from './problem.filter.js';
import { MAX_BODY_BYTES, problemOf } from './problem-of.js';
import { secureHeaders } from './secure-headers.js';
import { answerUnreadableRequest } from './unreadable-request.js';

// Node's own default, said here because answers mention it: request line and headers together.
export const MAX_HEADER_BYTES = 16_384;

// A client that sends a byte now and then holds a connection and its buffers; 100 kB in 15 s is 55 kbit/s.
const REQUEST_TIMEOUT_MS = 15_000;
const HEADERS_TIMEOUT_MS = 10_000;
const TIMEOUT_CHECK_MS = 2_000;

// A connection on which nothing moves. More than the longest wait for an order (30 s) and its last read (10 s).
const SILENT_CONNECTION_MS = 60_000;

// Longer than the 60 s after which load balancers commonly drop idle connections: whoever ends a connection first must
// not be us, or a request that is on its way meets a reset.
const KEEP_ALIVE_MS = 72_000;

/** How the HTTP server treats slow, large and malformed requests. */
export const serverOptions = {
  bodyLimit: MAX_BODY_BYTES,
  requestTimeout: REQUEST_TIMEOUT_MS,
  connectionTimeout: SILENT_CONNECTION_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  http: {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
  },
  routerOptions: { ignoreTrailingSlash: true },
  // The id of a request is the id of the message that it becomes, and of the order that it places.
  genReqId: () => newId(),
  // While stopping, what still arrives on an open connection is served, and the connection closed after it: refusing it
  // would fail a caller for no reason.
  return503OnClosing: false,
  clientErrorHandler: answerUnreadableRequest,
  // Of the router: a path that it cannot decode, a path segment that is too long. No hook has run.
  frameworkErrors: (error, request, reply) => {
    secureHeaders(request, reply);
    sendProblem(reply, problemOf(error), request.id);
  },
} satisfies FastifyHttpOptions<Server>;
