import { type FastifyRequest } from 'fastify';
import { type Origin } from '../backend.js';

const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** A request's id, and its W3C trace context if it has one, to travel with everything that it sets in motion. */
export function originOf(request: FastifyRequest): Origin {
  const { traceparent } = request.headers;
  return {
    requestId: request.id,
    traceparent: typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : undefined,
  };
}
