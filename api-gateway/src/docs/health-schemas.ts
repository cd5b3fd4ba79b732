import { type HealthReport } from '@holdfast/platform';
import { z } from 'zod';
import { type JsonSchema, jsonSchemaOf } from './json-schema.js';

const checkSchema = z.object({
  status: z.enum(['up', 'degraded', 'down']).meta({ description: 'only `down` makes the whole not ready' }),
  detail: z.string().exactOptional(),
});

// Of the type of what is answered, so that one cannot change without the other.
const readinessSchema: z.ZodType<HealthReport> = z.object({
  status: z.enum(['ready', 'not_ready']),
  checks: z.record(z.string(), checkSchema).meta({ description: 'by what is checked, such as `broker`' }),
});

const READY: HealthReport = {
  status: 'ready',
  checks: { broker: { status: 'up' }, redis: { status: 'degraded', detail: 'Redis is away' } },
};

const NOT_READY: HealthReport = {
  status: 'not_ready',
  checks: { broker: { status: 'down', detail: 'no connection' }, redis: { status: 'up' } },
};

/** What every service says of itself. */
export const healthSchemas = (): Record<string, JsonSchema> => ({
  Liveness: { ...jsonSchemaOf(z.object({ status: z.literal('alive') })), examples: [{ status: 'alive' }] },
  Readiness: { ...jsonSchemaOf(readinessSchema), examples: [READY, NOT_READY] },
});
