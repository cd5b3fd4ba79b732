import { waitUntil } from '@holdfast/testing';
import { bearer, CLIENT_KEY, OPERATOR_KEY, post, problemIn, type Suite, startSuite } from './gateway.harness.js';
import { RawConnection } from './raw-http.js';

let suite: Suite;

beforeAll(async () => {
  suite = await startSuite();
});
beforeEach(() => suite.services.forget());
afterAll(() => suite.stop());

const at = (path: string) => `${suite.gateway.url}${path}`;
const GOOD = { productId: 'lamp', quantity: 1 };

/** Nothing of what was sent before has been published: a good order overtakes nothing on its queue. */
async function nothingWasPublished(): Promise<void> {
  const good = await post(at('/orders'), GOOD);
  expect(good.status).toBe(201);
  expect(suite.services.received.map(({ pattern }) => pattern)).toEqual(['orders.create']);
}

describe('a bad body', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'The body is empty'],
    ['an open object', '{"productId":"lamp","quantity":1', 'line 1, column 33: expected a comma or }'],
    ['a trailing comma', '{"productId":"lamp",\n"quantity":1,}', 'line 2, column 14'],
    ['single quotes', "{'productId':'lamp'}", 'line 1, column 2'],
    ['a form', 'productId=lamp&quantity=1', 'line 1, column 1'],
    ['NaN', '{"productId":"lamp","quantity":NaN}', 'line 1, column 32'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'not UTF-8'],
    ['an open escape', '{"productId":"lamp\\', 'line 1, column 19'],
  ])('that is not JSON says where it breaks: %s', async (_name, body, detail) => {
    const answer = await post(at('/orders'), body);
    expect(answer.status).toBe(400);
    const problem = await problemIn(answer);
    expect(problem.code).toBe('MALFORMED_JSON');
    expect(problem.detail).toContain(detail);
    await nothingWasPublished();
  });

  it.each<[string, string, string]>([
    ['no object', '[]', ''],
    ['null', 'null', ''],
    ['a number as text', '{"productId":"lamp","quantity":"1"}', '/quantity'],
    ['a fraction', '{"productId":"lamp","quantity":1.5}', '/quantity'],
    ['zero', '{"productId":"lamp","quantity":0}', '/quantity'],
    ['less than nothing', '{"productId":"lamp","quantity":-1}', '/quantity'],
    ['infinity', '{"productId":"lamp","quantity":1e309}', '/quantity'],
    ['2^31', '{"productId":"lamp","quantity":2147483648}', '/quantity'],
    ['2^53 + 1', '{"productId":"lamp","quantity":9007199254740993}', '/quantity'],
    ['an unknown field', '{"productId":"lamp","quantity":1,"price":0}', '/price'],
    ['a prototype', '{"productId":"lamp","quantity":1,"__proto__":{"role":"operator"}}', '/__proto__'],
    ['an escaped prototype', '{"productId":"lamp","quantity":1,"\\u005f_proto__":{}}', '/__proto__'],
    ['a constructor', '{"productId":"lamp","quantity":1,"constructor":{"prototype":{}}}', '/constructor'],
    ['a key twice', '{"productId":"lamp","quantity":1,"quantity":1000}', '/quantity'],
    ['a key twice in a line', '{"items":[{"productId":"lamp","quantity":1,"quantity":2}]}', '/items/0/quantity'],
    ['101 items', JSON.stringify({ items: Array.from({ length: 101 }, () => GOOD) }), '/items'],
    ['50,000 brackets', `{"items":${'['.repeat(40_000)}${']'.repeat(40_000)}}`, '/items/0'],
  ])('says what is wrong where: %s', async (_name, body, pointer) => {
    const answer = await post(at('/orders'), body);
    expect(answer.status).toBe(400);
    const problem = await problemIn(answer);
    expect(problem.code).toBe('VALIDATION_FAILED');
    expect(problem.errors?.map((fault) => fault.pointer)).toContain(pointer);
    await nothingWasPublished();
  });

  it('takes a text with colons in it, which is no key twice', async () => {
    expect((await post(at('/orders'), { ...GOOD, reference: 'a:b:"c":d' })).status).toBe(201);
  });

  it('takes a byte order mark and an explicit charset', async () => {
    const headers = { 'content-type': 'Application/JSON; Charset="UTF-8"' };
    expect((await post(at('/orders'), `\ufeff${JSON.stringify(GOOD)}`, headers)).status).toBe(201);
  });

  it('may not be larger than 100 kB, whether it says so or not', async () => {
    const large = JSON.stringify({ ...GOOD, reference: 'x'.repeat(100_000) });
    const declared = await post(at('/orders'), large);
    expect(declared.status).toBe(413);
    expect((await problemIn(declared)).code).toBe('BODY_TOO_LARGE');
    const chunked = await RawConnection.open(suite.gateway.url);
    chunked.send(
      `POST /orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${CLIENT_KEY}\r\n` +
        `Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`,
    );
    await waitUntil('the chunked body is refused', () => chunked.status === 413);
    chunked.end();
    await nothingWasPublished();
  });

  it.each([
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another JSON', { 'content-type': 'application/merge-patch+json' }],
    ['no media type', { 'content-type': 'json' }],
    ['another charset', { 'content-type': 'application/json; charset=utf-16' }],
    ['latin1', { 'content-type': 'application/json;charset=iso-8859-1' }],
    ['compression', { 'content-encoding': 'gzip' }],
  ])('must be plain application/json in UTF-8, not %s', async (_name, headers) => {
    const answer = await post(at('/orders'), GOOD, headers);
    expect(answer.status).toBe(415);
    expect((await problemIn(answer)).code).toBe('UNSUPPORTED_MEDIA_TYPE');
    await nothingWasPublished();
  });

  it('must be there', async () => {
    const answer = await fetch(at('/orders'), { method: 'POST', headers: bearer(CLIENT_KEY) });
    expect(answer.status).toBe(400);
    expect((await problemIn(answer)).code).toBe('VALIDATION_FAILED');
    await nothingWasPublished();
  });
});

describe('a bad header', () => {
  it.each(['', 'a b', '"open', 'k'.repeat(256)])('Idempotency-Key "%.20s" is refused', async (key) => {
    const answer = await post(at('/orders'), GOOD, { 'idempotency-key': key });
    expect(answer.status).toBe(400);
    expect((await problemIn(answer)).errors).toEqual([{ header: 'Idempotency-Key', detail: expect.any(String) }]);
    await nothingWasPublished();
  });

  it('may not be too long', async () => {
    const connection = await RawConnection.open(suite.gateway.url);
    connection.send(`GET /products HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`);
    await waitUntil('the headers are refused', () => connection.status === 431);
    expect(connection.text).toContain('HEADERS_TOO_LARGE');
    await waitUntil('the connection is closed', () => connection.isClosed);
  });
});

describe('a bad path or method', () => {
  it.each(['/', '/order', '/orders/1/2', '/Orders', '/%2e%2e/etc/passwd', '/docs/../../etc/passwd', '/orders%2F1'])(
    '%s does not exist, with a key and without, and its body is not read',
    async (path) => {
      for (const headers of [bearer(CLIENT_KEY), {}]) {
        const answer = await fetch(at(path), { method: 'POST', headers, body: '{broken' });
        expect(answer.status).toBe(404);
        expect((await problemIn(answer)).code).toBe('NOT_FOUND');
      }
    },
  );

  it.each([
    ['PUT', '/orders', 'GET, HEAD, POST'],
    ['DELETE', '/orders/', 'GET, HEAD, POST'],
    ['PUT', '/orders/0198b3c0-0000-7000-8000-000000000000', 'GET, HEAD'],
    ['PATCH', '/products', 'GET, HEAD, POST'],
    ['OPTIONS', '/products/lamp', 'GET, HEAD, PATCH'],
    ['GET', '/products/import', 'POST'],
    ['PROPFIND', '/products', 'GET, HEAD, POST'],
    ['PUT', '/webhooks/0198b3c0-0000-7000-8000-000000000000', 'GET, HEAD, PATCH, DELETE'],
    ['GET', '/webhooks/0198b3c0-0000-7000-8000-000000000000/test', 'POST'],
    ['DELETE', '/deliveries/0198b3c0-0000-7000-8000-000000000000', 'GET, HEAD'],
    ['POST', '/health/ready', 'GET, HEAD'],
    ['POST', '/openapi.json', 'GET, HEAD'],
  ])('%s %s is not allowed, and says what is', async (method, path, allow) => {
    const body = method === 'GET' ? {} : { body: '{broken' };
    const answer = await fetch(at(path), { method, headers: bearer(CLIENT_KEY), ...body });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')?.split(', ').sort()).toEqual(allow.split(', ').sort());
    expect((await problemIn(answer)).code).toBe('METHOD_NOT_ALLOWED');
  });

  it('is told from a path that is not percent-encoded', async () => {
    for (const path of ['/products/%zz', '/products/%ff', '/%']) {
      const answer = await fetch(at(path), { headers: bearer(CLIENT_KEY) });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect((await problemIn(answer)).code).toBe('MALFORMED_REQUEST');
    }
  });

  it('is told from a path that is too long', async () => {
    const answer = await fetch(at(`/products/${'x'.repeat(500)}`), { headers: bearer(CLIENT_KEY) });
    expect(answer.status).toBe(414);
    expect((await problemIn(answer)).code).toBe('URI_TOO_LONG');
  });

  it.each(['/products/a%20b', `/products/${'x'.repeat(65)}`, '/products/%00'])(
    '%.30s names no product',
    async (path) => {
      const answer = await fetch(at(path), { headers: bearer(CLIENT_KEY) });
      expect(answer.status).toBe(404);
      expect((await problemIn(answer)).code).toBe('PRODUCT_NOT_FOUND');
      expect(suite.services.received).toEqual([]);
    },
  );

  it.each(['limit=0', 'limit=1&limit=2', 'limit=%zz', 'page=2', '__proto__=1', `cursor=${'x'.repeat(201)}`])(
    'GET /products?%.20s is refused',
    async (query) => {
      const answer = await fetch(at(`/products?${query}`), { headers: bearer(CLIENT_KEY) });
      expect(answer.status).toBe(400);
      expect((await problemIn(answer)).errors?.[0]).toEqual({ query: query.split('=')[0], detail: expect.any(String) });
      expect(suite.services.received).toEqual([]);
    },
  );
});

describe('bytes that are no request', () => {
  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['an unknown method', 'BREW /orders HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['two lengths', 'POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}'],
    [
      'a length and chunks',
      'POST /orders HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a control character in a header', 'GET /products HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n'],
  ])('get a problem document and the connection closed: %s', async (_name, bytes) => {
    const connection = (await RawConnection.open(suite.gateway.url)).send(bytes);
    await waitUntil('it is answered', () => connection.isClosed);
    expect(connection.status).toBe(400);
    expect(connection.text).toContain('"code":"MALFORMED_REQUEST"');
    await nothingWasPublished();
  });

  it('never answer a request before them that is still being worked on', async () => {
    suite.services.answers.set('orders.create', () => 'no answer');
    const body = JSON.stringify(GOOD);
    const impatient = await suite.another({ REQUEST_TIMEOUT_MS: '1000' });
    const connection = await RawConnection.open(impatient.url);
    connection.send(
      `POST /orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${CLIENT_KEY}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await waitUntil('the order is on its way', () => suite.services.received.length === 1);
    connection.send('garbage\r\n\r\n');
    await waitUntil('the connection is closed', () => connection.isClosed);
    expect(connection.text).toBe('');
    const metrics = async () => (await fetch(`${impatient.url}/metrics`)).text();
    await waitUntil('the request is given up', async () => /^holdfast_requests_in_flight 0$/m.test(await metrics()));
  });
});

describe('POST /products', () => {
  it('says what is wrong with a product and asks nobody', async () => {
    const body = { sku: 'a b', name: '', price: { amount: '1', currency: 'EUR' } };
    const answer = await post(at('/products'), body, bearer(OPERATOR_KEY));
    expect(answer.status).toBe(400);
    const pointers = (await problemIn(answer)).errors?.map(({ pointer }) => pointer);
    expect(pointers).toEqual(['/sku', '/name', '/price/amount', '/stock']);
    await nothingWasPublished();
  });
});
