/** An operation that asks for no key; all its answers say the same of themselves. */
function openOperation(summary: string, statuses: readonly number[]) {
  const responses = Object.fromEntries(statuses.map((status) => [status, { description: summary }]));
  return { summary, tags: ['health'], security: [], responses };
}

export const healthPaths = {
  '/health/live': { get: openOperation('The process is alive', [200]) },
  '/health/ready': { get: openOperation('Whether it may be sent requests, and why not', [200, 503]) },
  '/metrics': { get: openOperation('Metrics for Prometheus', [200]) },
};
