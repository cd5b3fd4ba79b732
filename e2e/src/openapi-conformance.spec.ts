import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Answered, OpenApiConformance, OpenApiMismatchError } from './openapi-conformance.js';

const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } };
const content = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
const DOCUMENT = {
  openapi: '3.1.0',
  paths: {
    '/things/{id}': { get: { responses: { 200: { content: content('Thing') }, 304: {} } } },
    '/things/count': { get: { responses: { 200: { content: content('Count') } } } },
  },
  components: {
    schemas: { Thing: thing, Count: { type: 'integer' }, Problem: { type: 'object', required: ['code'] } },
  },
};
const ID = '019a0000-0000-7000-8000-000000000000';

const answered = (given: Partial<Answered> & { mediaType?: string } = {}): Answered => ({
  method: 'GET',
  path: `/things/${ID}`,
  status: 200,
  headers: new Headers({ 'content-type': `${given.mediaType ?? 'application/json'}; charset=utf-8` }),
  body: { id: ID },
  ...given,
});
const refusal = { status: 404, mediaType: 'application/problem+json', body: { code: 'NOT_FOUND' } };

let server: Server;
let conformance: OpenApiConformance;

beforeAll(async () => {
  server = createServer((_request, response) => response.end(JSON.stringify(DOCUMENT)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  conformance = new OpenApiConformance();
  await conformance.load(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

describe('an answer', () => {
  it.each<[string, Answered]>([
    ['a body that is valid', answered()],
    ['a query', answered({ path: `/things/${ID}?verbose=1` })],
    ['the path itself before a template that fits it', answered({ path: '/things/count', body: 3 })],
    ['no body where none is described', answered({ status: 304, body: undefined })],
    ['a problem where no operation is described', answered({ ...refusal, path: '/nothing' })],
  ])('is as described with %s', (_name, given) => {
    expect(() => conformance.check(given)).not.toThrow();
  });

  it.each<[string, Answered]>([
    ['a body that is not valid', answered({ body: { id: 'seven' } })],
    ['a body that lacks something', answered({ body: {} })],
    ['a field that is not described', answered({ body: { id: ID, cost: 3 } })],
    ['no body', answered({ body: undefined })],
    ['a body where none is described', answered({ status: 304 })],
    ['another media type', answered({ mediaType: 'text/plain' })],
    ['another status', answered({ status: 201 })],
    ['success where no operation is described', answered({ path: '/nothing' })],
    ['a refusal that is no problem document', answered({ ...refusal, path: '/nothing', body: {} })],
    ['another method', answered({ method: 'POST' })],
  ])('is not as described with %s', (_name, given) => {
    expect(() => conformance.check(given)).toThrow(OpenApiMismatchError);
  });
});
