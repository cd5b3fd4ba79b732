import { errorCodes, messageExamples, messages, type Pattern } from '@holdfast/contracts';
import { type JsonSchema, jsonSchemaOf } from '../json-schema.js';
import { answers } from './answers.js';
import { exampleProperties } from './message-properties.js';
import { summaries } from './summaries.js';

export const patterns = Object.keys(messages) as Pattern[];

/** Name of the message that answers a request. */
export const replyTo = (pattern: Pattern): string => `${pattern}.reply`;

const AMQP_BINDING = '0.3.0';

const shared = (pattern: Pattern) => ({
  contentType: 'application/json',
  correlationId: { $ref: '#/components/correlationIds/request' },
  bindings: { amqp: { messageType: pattern, bindingVersion: AMQP_BINDING } },
});

/** Every message and every answer, by name. */
export const describedMessages = () => ({
  ...Object.fromEntries(patterns.map((pattern) => [pattern, messageOf(pattern)])),
  ...Object.fromEntries(
    patterns.filter((pattern) => answers[pattern]).map((pattern) => [replyTo(pattern), replyOf(pattern)]),
  ),
  deadLetter: {
    name: 'deadLetter',
    title: 'A message that could not be processed',
    contentType: 'application/json',
    headers: { $ref: '#/components/schemas/DeadLetterProperties' },
    payload: { description: 'the message as it came, whatever that was' },
  },
});

function messageOf(pattern: Pattern) {
  const { kind, schema } = messages[pattern];
  return {
    name: pattern,
    title: pattern,
    summary: summaries[pattern],
    ...shared(pattern),
    headers: { $ref: `#/components/schemas/${kind === 'event' ? 'EventProperties' : 'RequestProperties'}` },
    payload: envelopeOf(pattern, jsonSchemaOf(schema, 'draft-7'), kind !== 'event'),
    examples: examplesOf(pattern),
  };
}

/** What Nest speaks, so that an operator can publish a message by hand. */
function envelopeOf(pattern: Pattern, data: JsonSchema, hasId: boolean): JsonSchema {
  const id = { type: 'string', description: 'repeated in the answer' };
  return {
    type: 'object',
    required: ['pattern', 'data'],
    properties: { pattern: { const: pattern }, data, ...(hasId && { id }) },
  };
}

function examplesOf(pattern: Pattern) {
  return Object.entries(messageExamples)
    .filter(([, example]) => example.pattern === pattern)
    .map(([name, payload]) => ({ name, headers: exampleProperties(pattern), payload }));
}

function replyOf(pattern: Pattern) {
  const answer = answers[pattern];
  const id = '019abf2e-7d5c-7c11-9a54-6b1d4a3f2e10';
  return {
    name: replyTo(pattern),
    title: `The answer to ${pattern}`,
    ...shared(pattern),
    headers: { $ref: '#/components/schemas/ReplyProperties' },
    payload: {
      oneOf: [
        repliedWith({ oneOf: [acceptedWith(answer), { $ref: '#/components/schemas/Refused' }] }),
        { $ref: '#/components/schemas/Failed' },
      ],
    },
    examples: [
      {
        name: 'accepted',
        headers: { correlationId: id },
        payload: { id, response: { ok: true, value: answer?.example }, isDisposed: true },
      },
    ],
  };
}

const repliedWith = (response: JsonSchema): JsonSchema => ({
  type: 'object',
  required: ['response', 'isDisposed'],
  properties: { id: { type: 'string' }, response, isDisposed: { const: true } },
});

const acceptedWith = (answer: (typeof answers)[Pattern]): JsonSchema => ({
  type: 'object',
  required: ['ok', 'value'],
  properties: {
    ok: { const: true },
    value: answer ? jsonSchemaOf(answer.schema, 'draft-7') : {},
    replayed: { const: true, description: 'it is the stored answer of an earlier request with the same key' },
  },
});

/** What every request may be answered with instead. */
export const refusalSchemas = (): Record<string, JsonSchema> => ({
  Refused: {
    type: 'object',
    description: 'an outcome that the caller can act on',
    required: ['ok', 'error'],
    properties: {
      ok: { const: false },
      error: {
        type: 'object',
        required: ['code', 'detail'],
        properties: {
          code: { type: 'string', enum: Object.keys(errorCodes) },
          detail: { type: 'string', description: 'a sentence for people' },
        },
      },
    },
  },
  Failed: {
    type: 'object',
    description: 'the handler failed; the outcome is unknown',
    required: ['err', 'isDisposed'],
    properties: {
      id: { type: 'string' },
      err: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
      isDisposed: { const: true },
    },
  },
});
