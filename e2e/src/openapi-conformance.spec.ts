import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Answered, OpenApiConformance, OpenApiMismatchError } from './openapi-conformance.js';

const thing = { type: 'object', required: ['id'], properties: { id: { type: 'string', format: 'uuid' } } };
const content = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
const headers = {
  ETag: { required: true, schema: { type: 'string', pattern: '^"[0-9]+"$' } },
  'RateLimit-Limit': { $ref: '#/components/headers/RateLimit-Limit' },
};
const DOCUMENT = {
  openapi: '3.1.0',
  paths: {
    '/things/{id}': {
      get: {
        operationId: 'showThing',
        responses: { 200: { headers, content: content('Thing') }, 304: {} },
      },
      delete: { operationId: 'deleteThing', responses: { 204: {} } },
    },
    '/things/count': { get: { operationId: 'countThings', responses: { 200: { content: content('Count') } } } },
  },
  components: {
    headers: { 'RateLimit-Limit': { schema: { type: 'integer', minimum: 1 } } },
    schemas: { Thing: thing, Count: { type: 'integer' }, Problem: { type: 'object', required: ['code'] } },
  },
};
const ID = '019a0000-0000-7000-8000-000000000000';

interface Given extends Partial<Omit<Answered, 'headers'>> {
  mediaType?: string;
  /** Beside the content type; the described ones unless given. */
  sent?: Record<string, string>;
}

const answered = ({ mediaType = 'application/json', sent = { etag: '"7"' }, ...given }: Given = {}): Answered => ({
  method: 'GET',
  path: `/things/${ID}`,
  status: 200,
  headers: new Headers({ 'content-type': `${mediaType}; charset=utf-8`, ...sent }),
  body: { id: ID },
  ...given,
});
const count = { path: '/things/count', body: 3, sent: {} };
const unchanged = { status: 304, body: undefined, sent: {} };
const refusal = { status: 404, mediaType: 'application/problem+json', body: { code: 'NOT_FOUND' } };

let server: Server;
let conformance: OpenApiConformance;

const loaded = async (): Promise<OpenApiConformance> => {
  const fresh = new OpenApiConformance();
  await fresh.load(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return fresh;
};

beforeAll(async () => {
  server = createServer((_request, response) => response.end(JSON.stringify(DOCUMENT)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  conformance = await loaded();
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

describe('an answer', () => {
  it.each<[string, Answered]>([
    ['a body that is valid', answered()],
    ['a query', answered({ path: `/things/${ID}?verbose=1` })],
    ['the path itself before a template that fits it', answered(count)],
    ['no body where none is described', answered(unchanged)],
    ['a problem where no operation is described', answered({ ...refusal, path: '/nothing' })],
    ['a refused method of a path that another template fits too', answered({ ...count, ...refusal, method: 'DELETE' })],
    ['a header that it may do without', answered({ sent: { etag: '"7"', 'ratelimit-limit': '5' } })],
    ['a header that tells nobody what to do', answered({ sent: { etag: '"7"', date: 'today' } })],
  ])('is as described with %s', (_name, given) => {
    expect(() => conformance.check(given)).not.toThrow();
  });

  it.each<[string, Answered]>([
    ['a body that is not valid', answered({ body: { id: 'seven' } })],
    ['a body that lacks something', answered({ body: {} })],
    ['a field that is not described', answered({ body: { id: ID, cost: 3 } })],
    ['no body', answered({ body: undefined })],
    ['a body where none is described', answered({ ...unchanged, body: { id: ID } })],
    ['another media type', answered({ mediaType: 'text/plain' })],
    ['another status', answered({ status: 201 })],
    ['success where no operation is described', answered({ path: '/nothing' })],
    ['a refusal that is no problem document', answered({ ...refusal, path: '/nothing', body: {} })],
    ['another method', answered({ method: 'POST' })],
    ['no header where one is required', answered({ sent: {} })],
    ['a header of another form', answered({ sent: { etag: 'W/"7"' } })],
    ['a header that is no number', answered({ sent: { etag: '"7"', 'ratelimit-limit': 'many' } })],
    ['a header that is too small a number', answered({ sent: { etag: '"7"', 'ratelimit-limit': '0' } })],
    ['a validator that is not described', answered({ ...count, sent: { etag: '"7"' } })],
    ['a place that is not described', answered({ ...unchanged, sent: { location: '/things/1' } })],
    ['a time to come again that is not described', answered({ ...unchanged, sent: { 'retry-after': '1' } })],
  ])('is not as described with %s', (_name, given) => {
    expect(() => conformance.check(given)).toThrow(OpenApiMismatchError);
  });
});

describe('what was not seen', () => {
  it('is each success of an operation with its headers, until an answer has it that is as described', async () => {
    const fresh = await loaded();
    const all = ['showThing 200', 'showThing 200 ETag', 'showThing 200 RateLimit-Limit', 'showThing 304'];
    expect(fresh.unseenOf('showThing')).toEqual(all);
    expect(() => fresh.check(answered({ body: {} }))).toThrow(OpenApiMismatchError);
    fresh.check(answered(count));
    expect(fresh.unseenOf('showThing')).toEqual(all);
    fresh.check(answered());
    expect(fresh.unseenOf('showThing')).toEqual(['showThing 200 RateLimit-Limit', 'showThing 304']);
    fresh.check(answered({ sent: { etag: '"7"', 'ratelimit-limit': '5' } }));
    fresh.check(answered(unchanged));
    expect(fresh.unseenOf('showThing')).toEqual([]);
  });

  it('cannot be asked of an operation that is not described', () => {
    expect(() => conformance.unseenOf('hideThing')).toThrow('hideThing is not described');
  });
});
