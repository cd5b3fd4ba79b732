import { type Server } from 'node:http';
import { promisify } from 'node:util';
import { observedGauge } from '@holdfast/platform';
import { Counter, type Registry } from 'prom-client';

/**
 * Bounds the open connections of the server: one more is closed as it comes, so that idle ones cannot use up the memory
 * and the file descriptors of those that work. How many requests one connection carries is not bounded: a client that
 * keeps it open costs least.
 */
export function capConnections(server: Server, maxConnections: number, registry: Registry): void {
  server.maxConnections = maxConnections;
  const count = promisify(server.getConnections.bind(server));
  observedGauge(registry, 'holdfast_http_connections', 'Open connections of callers', count);
  const dropped = new Counter({
    name: 'holdfast_http_connections_dropped_total',
    help: 'Connections closed as they came because there were too many',
    registers: [registry],
  });
  server.on('drop', () => dropped.inc());
}
