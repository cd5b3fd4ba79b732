import { type Server } from 'node:http';
import { newId } from '@holdfast/contracts';
import { type FastifyHttpOptions } from 'fastify';
import { type GatewayConfig } from '../config.js';
import { sendProblem } from './problem.filter.js';
import { MAX_BODY_BYTES, problemOf } from './problem-of.js';
import { secureHeaders } from './secure-headers.js';
import { answerUnreadableRequest } from './unreadable-request.js';

// Node's own default, said here because answers mention it: request line and headers together.
export const MAX_HEADER_BYTES = 16_384;

// The part of the time for a whole request in which its headers must have come, and in which slow ones are looked for.
const HEADERS_SHARE = 2 / 3;
const CHECK_SHARE = 1 / 8;

// A connection on which nothing moves. More than the longest wait for an order (30 s) and its last read (10 s).
const SILENT_CONNECTION_MS = 60_000;

// Longer than the 60 s after which load balancers commonly drop idle connections: whoever ends a connection first must
// not be us, or a request that is on its way meets a reset.
const KEEP_ALIVE_MS = 72_000;

const sharedOptions = {
  bodyLimit: MAX_BODY_BYTES,
  connectionTimeout: SILENT_CONNECTION_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
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

type ServerConfig = Pick<GatewayConfig, 'RECEIVE_TIMEOUT_MS' | 'TRUSTED_PROXIES'>;

/** How the HTTP server treats slow, large and malformed requests, and whom it believes about their origin. */
export function serverOptions({ RECEIVE_TIMEOUT_MS: receiveMs, TRUSTED_PROXIES: proxies }: ServerConfig) {
  return {
    ...sharedOptions,
    requestTimeout: receiveMs,
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: Math.ceil(receiveMs * HEADERS_SHARE),
      connectionsCheckingInterval: Math.ceil(receiveMs * CHECK_SHARE),
    },
    ...(proxies.length > 0 && { trustProxy: proxies }),
  } satisfies FastifyHttpOptions<Server>;
}
