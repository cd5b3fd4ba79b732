import { jsonContent } from '../json-schema.js';
import { problems, WITHOUT_KEY } from '../openapi-parts.js';

const tags = ['health'];

const live = {
  operationId: 'checkLiveness',
  summary: 'Whether the process is alive',
  description: 'Every service has this, on its own port.',
  tags,
  security: [],
  responses: {
    200: { description: 'It is', content: jsonContent('Liveness') },
    ...problems(WITHOUT_KEY),
  },
};

const ready = {
  operationId: 'checkReadiness',
  summary: 'Whether the process may be sent requests, and why not',
  description: 'Every service has this, on its own port. It answers at once, from what is known already.',
  tags,
  security: [],
  responses: {
    200: { description: 'It may', content: jsonContent('Readiness') },
    ...problems(WITHOUT_KEY),
    503: { description: 'It may not: at least one check is down', content: jsonContent('Readiness') },
  },
};

const METRICS = `# HELP holdfast_requests_in_flight Requests to services that are not answered yet
# TYPE holdfast_requests_in_flight gauge
holdfast_requests_in_flight 3
`;

const metrics = {
  operationId: 'showMetrics',
  summary: 'Metrics for Prometheus',
  description: 'Every service has this, on its own port.',
  tags,
  security: [],
  responses: {
    200: {
      description: 'The text format of Prometheus, version 0.0.4',
      content: { 'text/plain': { schema: { type: 'string' }, example: METRICS } },
    },
    ...problems(WITHOUT_KEY),
  },
};

export const healthPaths = {
  '/health/live': { get: live },
  '/health/ready': { get: ready },
  '/metrics': { get: metrics },
};
