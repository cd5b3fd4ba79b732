import { type JsonSchema } from '../json-schema.js';

const uuid = (description: string): JsonSchema => ({ type: 'string', format: 'uuid', description });

const PROPERTIES: Record<string, JsonSchema> = {
  messageId: uuid('AMQP property: the same through retries and republication, so that a repeat is known by it'),
  correlationId: uuid('AMQP property: the request that set this in motion'),
  type: { type: 'string', description: 'AMQP property: the pattern' },
  timestamp: { type: 'integer', description: 'AMQP property: when it happened, in Unix seconds' },
  traceparent: { type: 'string', description: 'W3C Trace Context, passed on unchanged' },
};

const OF_REQUESTS: Record<string, JsonSchema> = {
  replyTo: { type: 'string', description: 'AMQP property: where the answer goes; nobody is answered without it' },
  'x-attempt': {
    type: 'integer',
    minimum: 1,
    description: 'how many attempts have failed, on a message that is tried again',
  },
};

const OF_EVENTS: Record<string, JsonSchema> = {
  'x-causation-id': uuid('the message that caused this one'),
  'x-republished': { type: 'boolean', description: 'true when it is published once more because somebody asked again' },
  'x-attempt': OF_REQUESTS['x-attempt'] as JsonSchema,
};

const OF_DEAD_LETTERS: Record<string, JsonSchema> = {
  'x-dead-letter-reason': {
    type: 'string',
    enum: ['malformed', 'unknown-pattern', 'invalid-message', 'handler-failed', 'retries-exhausted'],
  },
  'x-dead-letter-detail': { type: 'string', description: 'a sentence for people' },
  'x-dead-letter-queue': { type: 'string', description: 'the queue it came from' },
  'x-dead-letter-at': { type: 'string', format: 'date-time' },
};

const objectOf = (properties: Record<string, JsonSchema>, required: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  ...(required.length > 0 && { required }),
});

/** AMQP properties and headers, which AsyncAPI has one schema for. */
export const propertySchemas = (): Record<string, JsonSchema> => ({
  RequestProperties: objectOf({ ...PROPERTIES, ...OF_REQUESTS }),
  EventProperties: objectOf({ ...PROPERTIES, ...OF_EVENTS }, ['messageId', 'correlationId', 'type', 'timestamp']),
  ReplyProperties: objectOf({ correlationId: PROPERTIES.correlationId as JsonSchema }),
  DeadLetterProperties: objectOf({ ...PROPERTIES, ...OF_DEAD_LETTERS }, Object.keys(OF_DEAD_LETTERS)),
});

/** Properties of an example. */
export const exampleProperties = (pattern: string): Record<string, unknown> => ({
  messageId: '019abf2e-7d90-7e41-b0a3-58d2c6f19e07',
  correlationId: '019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10',
  type: pattern,
  timestamp: 1_767_605_400,
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
});
