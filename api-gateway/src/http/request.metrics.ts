import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Histogram, type Registry } from 'prom-client';

type Observe = (seconds: number) => void;

// An order takes a few milliseconds; 30 s is the longest wait for a final one.
const BUCKETS_S = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Requests by route, method and status, with how long they took. `_count` of it is the request counter. */
export class RequestMetrics {
  private readonly durations: Histogram<'method' | 'route' | 'status'>;
  /** With the labels bound: checking and joining them costs as much as the observation. */
  private readonly bound = new Map<string, Observe>();

  constructor(registry: Registry) {
    this.durations = new Histogram({
      name: 'holdfast_http_request_duration_seconds',
      help: 'HTTP requests by route, method and status',
      labelNames: ['method', 'route', 'status'],
      buckets: BUCKETS_S,
      registers: [registry],
    });
  }

  answered(request: FastifyRequest, reply: FastifyReply): void {
    // The route and not the path, which holds ids; a path that no route matches is the caller's invention.
    const route = request.routeOptions.url ?? 'unmatched';
    const key = `${request.method} ${reply.statusCode} ${route}`;
    let observe = this.bound.get(key);
    if (!observe) {
      observe = this.durations.labels({ method: request.method, route, status: String(reply.statusCode) }).observe;
      this.bound.set(key, observe);
    }
    observe(reply.elapsedTime / 1000);
  }
}
