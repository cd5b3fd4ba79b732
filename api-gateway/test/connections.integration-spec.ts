import { waitUntil } from '@holdfast/testing';
import { CLIENT_KEY, type Suite, startSuite } from './gateway.harness.js';
import { RawConnection } from './raw-http.js';

let suite: Suite;

beforeAll(async () => {
  suite = await startSuite({ RECEIVE_TIMEOUT_MS: '2000', MAX_CONNECTIONS: '20' });
});
beforeEach(() => suite.services.forget());
afterAll(() => suite.stop());

const HEAD = `POST /orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${CLIENT_KEY}\r\n`;
const open = () => RawConnection.open(suite.gateway.url);
const live = async () => (await fetch(`${suite.gateway.url}/health/live`)).status;

describe('a client that sends too slowly', () => {
  it.each([
    ['nothing', ''],
    ['half a request line', 'POST /ord'],
    ['half of its headers', HEAD],
    ['half of its body', `${HEAD}Content-Type: application/json\r\nContent-Length: 31\r\n\r\n{"product`],
    ['no end of its chunks', `${HEAD}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n`],
  ])('is answered 408 and cut off: %s', async (_name, bytes) => {
    const connection = (await open()).send(bytes);
    await waitUntil('it is cut off', () => connection.isClosed);
    expect(connection.status).toBe(408);
    expect(connection.text.match(/"code":"[A-Z_]+"/g)).toEqual(['"code":"REQUEST_TIMEOUT"']);
    expect(suite.services.received).toEqual([]);
    expect(await live()).toBe(200);
  });

  it.each([
    ['headers', HEAD, 'X: 1\r\n'],
    ['a body', `${HEAD}Content-Type: application/json\r\nContent-Length: 90000\r\n\r\n`, ' '],
  ])('gains no time by bytes that never end: %s', async (_name, start, more) => {
    const connection = (await open()).send(start);
    const trickle = setInterval(() => connection.send(more), 50);
    await waitUntil('it is cut off', () => connection.isClosed).finally(() => clearInterval(trickle));
    expect(connection.status).toBe(408);
  });

  it('may rest between two requests', async () => {
    const connection = await open();
    connection.send('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    await waitUntil('the first is answered', () => connection.status === 200);
    const late = (await open()).send('GET ');
    await waitUntil('the time for a request is up', () => late.isClosed);
    connection.send('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    await waitUntil('the second is answered', () => connection.text.match(/HTTP\/1\.1 200/g)?.length === 2);
    connection.end();
  });
});

describe('too many connections', () => {
  it('are closed as they come, and those that are open go on', async () => {
    const used = (await open()).send('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    // From here on it rests between two requests, and has all the time of the test for the second.
    await waitUntil('the one that is used is answered', () => used.status === 200);
    const others = await Promise.all(Array.from({ length: 30 }, open));
    await waitUntil('those that are too many are closed', () => others.filter(({ isClosed }) => isClosed).length >= 11);
    used.send('GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n');
    await waitUntil('an open one is answered', () => /holdfast_http_connections_dropped_total \d+/.test(used.text));
    expect(used.text.match(/HTTP\/1\.1 (\d+)/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200']);
    expect(used.text).toMatch(/holdfast_http_connections_dropped_total [1-9]/);
    expect(used.text).toMatch(/holdfast_http_connections \d+/);
    for (const connection of [used, ...others]) connection.end();
    await waitUntil('there is room again', async () => (await live()) === 200);
  });
});

describe('too many headers', () => {
  const get = async (headers: number) => {
    const connection = await open();
    const fields = Array.from({ length: headers }, (_, field) => `x-${field}: 1\r\n`).join('');
    connection.send(`GET /products HTTP/1.1\r\nHost: x\r\n${fields}Authorization: Bearer ${CLIENT_KEY}\r\n\r\n`);
    await waitUntil('it is answered', () => connection.status > 0);
    connection.end();
    return connection;
  };

  it('are refused, and none is dropped in silence', async () => {
    expect((await get(98)).status).toBe(200);
    // Node would drop the key at the end of the second.
    for (const headers of [99, 1_200]) {
      const refused = await get(headers);
      expect(refused.status).toBe(431);
      expect(refused.text).toContain('"code":"HEADERS_TOO_LARGE"');
    }
  });
});
