import { type ErrorCode, errorCodes } from '@holdfast/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { publicVerdict } from '../../test/public-validator.js';
import { openApiDocument } from './openapi.js';

interface Media {
  schema: { $ref?: string };
  example?: unknown;
  examples?: Record<string, { $ref: string }>;
}

interface Response {
  headers?: Record<string, object>;
  content?: Record<string, Media>;
}

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  security?: [];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Response>;
}

interface Document {
  info: { description: string };
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, { examples?: unknown[] }>;
    examples: Record<string, { value: object }>;
  };
}

const document: Document = JSON.parse(JSON.stringify(openApiDocument()));
const { schemas, examples } = document.components;

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
);
const guarded = operations.filter(({ security }) => security === undefined);

/** Codes that no operation has, and why. */
const OF_NO_OPERATION: Partial<Record<ErrorCode, string>> = {
  METHOD_NOT_ALLOWED: 'it is about a method that the path has no operation for',
};

/** Of an operation: everything that it takes or answers, but for problem documents. */
const bodiesOf = ({ requestBody, responses }: Operation): Media[] =>
  [requestBody, ...Object.values(responses)].flatMap((body) =>
    Object.entries(body?.content ?? {}).flatMap(([type, media]) =>
      type.startsWith('application/problem') ? [] : media,
    ),
  );

const codesOf = ({ responses }: Operation): string[] =>
  Object.values(responses).flatMap(({ content }) => Object.keys(content?.['application/problem+json']?.examples ?? {}));

/** The schemas that a document refers to are named by where they are in it. */
function validatorOf(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(document, 'openapi');
  return ajv;
}

const ajv = validatorOf();

function faultsOf(name: string, example: unknown): unknown {
  const validate = ajv.getSchema(`openapi#/components/schemas/${name}`);
  if (!validate) throw new Error(`there is no schema ${name}`);
  return validate(example) ? [] : validate.errors;
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1, says a public validator', async () => {
    expect(await publicVerdict('openapi', document)).toEqual({ version: '3.1', problems: [] });
  });

  it('is refused by that validator when it is not', async () => {
    const broken = { ...document, paths: { '/orders': { post: { responses: { 201: {} } } } } };
    expect((await publicVerdict('openapi', broken)).problems).not.toEqual([]);
  });

  it('has an example of every body', () => {
    expect(Object.keys(schemas).filter((name) => name !== 'Problem' && !schemas[name]?.examples?.length)).toEqual([]);
  });

  it.each(Object.keys(schemas))('has no example of %s that its own schema refuses', (name) => {
    for (const example of schemas[name]?.examples ?? []) expect(faultsOf(name, example)).toEqual([]);
  });

  it('has every error code at an operation, but for those that belong to none', () => {
    const ofOperations = new Set(operations.flatMap(codesOf));
    const others = Object.keys(errorCodes).filter((code) => !ofOperations.has(code));
    expect(others).toEqual(Object.keys(OF_NO_OPERATION));
    for (const code of others) expect(document.info.description).toContain(code);
  });

  it('has operations that differ in their ids', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(Object.keys(errorCodes))('has a problem document of %s', (code) => {
    expect(faultsOf('Problem', examples[code]?.value)).toEqual([]);
    expect(examples[code]?.value).toMatchObject({ code, status: errorCodes[code as keyof typeof errorCodes].status });
  });
});

describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_name, operation) => {
  it('says what it is for', () => {
    expect(operation).toMatchObject({ summary: expect.stringMatching(/\w/), tags: [expect.stringMatching(/\w/)] });
  });

  it('shows each of its bodies by an example that is right', () => {
    const bodies = bodiesOf(operation);
    for (const { schema, example } of bodies) {
      const shown = example ?? schemas[schema.$ref?.split('/').at(-1) ?? '']?.examples?.[0];
      expect(shown).toBeDefined();
      if (schema.$ref === undefined) expect(ajv.validate(schema, shown)).toBe(true);
    }
    const answers = Object.entries(operation.responses).filter(([status]) => /^2(?!04)/.test(status));
    for (const [status, { content }] of answers) expect([status, content]).not.toEqual([status, undefined]);
  });

  it('may be refused as a request that cannot be read is, and may fail', () => {
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['400', '408', '431', '500']));
  });
});

describe.each(guarded.map((operation) => [operation.name, operation] as const))('%s', (_name, { responses }) => {
  it('says what it is refused with, and shows it', () => {
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining(['400', '401', '408', '429', '431', '500', '503', '504']),
    );
    for (const [status, { content }] of Object.entries(responses).filter(([code]) => Number(code) >= 400)) {
      const shown = Object.keys(content?.['application/problem+json']?.examples ?? {});
      expect(shown.length).toBeGreaterThan(0);
      for (const code of shown) expect(examples[code]?.value).toMatchObject({ code, status: Number(status) });
    }
  });

  it('says when to come again, and how to authenticate', () => {
    for (const status of ['429', '503']) expect(Object.keys(responses[status]?.headers ?? {})).toContain('Retry-After');
    expect(Object.keys(responses['401']?.headers ?? {})).toEqual(['WWW-Authenticate']);
  });
});
