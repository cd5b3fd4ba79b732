import { type RequestListener } from 'node:http';
import { type Socket } from 'node:net';
import { freePort } from '@holdfast/local-servers';
import { waitUntil } from '@holdfast/testing';
import { callbackTo, Workbench } from './http-receivers.js';

const SHORT_MS = 300;
// Enough for what has to come before the deadline.
const LONGER_MS = 3_000;
const bench = new Workbench();

afterEach(() => bench.clear());

const answer =
  (status: number, body = '', headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(status, headers).end(body);

describe('a callback', () => {
  it('arrives as it was given', async () => {
    const receiver = await bench.http(answer(200));
    const body = JSON.stringify({ name: 'Taza azul ☕' });
    const headers = { 'webhook-id': 'e1', 'webhook-timestamp': '1700000000', 'webhook-signature': 'v1,a v1,b' };
    await bench.sender().send({ url: receiver.url('/hooks/a%20b?x=1&y=%C3%A9#part'), headers, body });
    expect(receiver.requests).toEqual([
      {
        method: 'POST',
        path: '/hooks/a%20b?x=1&y=%C3%A9',
        body,
        headers: {
          ...headers,
          host: `127.0.0.1:${receiver.port}`,
          connection: 'keep-alive',
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(body)),
          'user-agent': 'Holdfast-Webhooks/0.1',
        },
      },
    ]);
  });

  it('ignores the proxy that the environment names', async () => {
    const [receiver, proxy] = [await bench.http(answer(200)), await bench.http(answer(500))];
    const before = process.env.http_proxy;
    process.env.http_proxy = proxy.url();
    try {
      expect(await bench.sender().send(callbackTo(receiver.url()))).toMatchObject({ status: 200 });
    } finally {
      if (before === undefined) delete process.env.http_proxy;
      else process.env.http_proxy = before;
    }
    expect(proxy.connections).toBe(0);
  });

  it.each([
    ['https only, where http is not allowed', { allowHttp: false }, 'http://127.0.0.1/'],
    ['nothing but http and https', {}, 'ftp://127.0.0.1/'],
    ['nothing that is no URL', {}, 'somewhere'],
  ])('is sent to %s', async (_where, options, url) => {
    expect(await bench.sender(options).send(callbackTo(url))).toMatchObject({
      kind: 'failed',
      error: 'ADDRESS_NOT_ALLOWED',
    });
  });

  it('that cannot be written as HTTP is a failure, not an exception', async () => {
    const receiver = await bench.http(answer(200));
    const request = { ...callbackTo(receiver.url()), headers: { 'webhook-id': 'a\r\nx-forged: 1' } };
    expect(await bench.sender().send(request)).toMatchObject({ kind: 'failed', error: 'CONNECT_FAILED' });
    expect(receiver.requests).toEqual([]);
  });
});

describe('an answer', () => {
  it.each([200, 201, 204, 304, 400, 401, 404, 410, 500, 502])('of status %i is told as it is', async (status) => {
    const receiver = await bench.http(answer(status));
    const before = Date.now();
    const outcome = await bench.sender().send(callbackTo(receiver.url()));
    expect(outcome).toEqual({
      kind: 'answered',
      status,
      retryAfter: undefined,
      answer: '',
      at: expect.any(Number),
      durationMs: expect.any(Number),
    });
    expect(outcome.at).toBeGreaterThanOrEqual(before);
    expect(outcome.at).toBeLessThanOrEqual(Date.now());
    expect(Number.isInteger(outcome.durationMs)).toBe(true);
  });

  it.each([
    [429, '7'],
    [503, 'Fri, 06 Nov 2026 08:49:37 GMT'],
  ])('of status %i is told with its Retry-After', async (status, retryAfter) => {
    const receiver = await bench.http(answer(status, 'later', { 'Retry-After': retryAfter }));
    expect(await bench.sender().send(callbackTo(receiver.url()))).toMatchObject({
      status,
      retryAfter,
      answer: 'later',
    });
  });

  it.each([301, 302, 303, 307, 308])('of status %i leads nowhere', async (status) => {
    const elsewhere = await bench.http(answer(200));
    const receiver = await bench.http(answer(status, 'moved', { location: elsewhere.url('/stolen') }));
    expect(await bench.sender().send(callbackTo(receiver.url()))).toMatchObject({ kind: 'answered', status });
    expect(elsewhere.connections).toBe(0);
  });

  it('is the last one: 1xx before it are ignored', async () => {
    const receiver = await bench.raw(
      'HTTP/1.1 103 Early Hints\r\nRetry-After: 9\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
    );
    expect(await bench.sender().send(callbackTo(receiver.url()))).toMatchObject({
      status: 200,
      answer: 'ok',
      retryAfter: undefined,
    });
  });

  it.each([
    ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n'],
    ['in chunks with a trailer', 'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-sum: 1\r\n\r\n'],
    ['until the connection ends', 'Connection: close\r\n\r\nhello'],
  ])('may have its body %s', async (_how, rest) => {
    const receiver = await bench.tcp((socket) => {
      socket.once('data', () => (rest.includes('close') ? socket.end(head(rest)) : socket.write(head(rest))));
    });
    expect(await bench.sender().send(callbackTo(receiver.url()))).toMatchObject({ status: 200, answer: 'hello' });
  });

  const head = (rest: string) => `HTTP/1.1 200 OK\r\n${rest}`;

  it('keeps the first kilobyte of its body, harmless', async () => {
    const receiver = await bench.http((_request, response) => {
      response.write(Buffer.from('a\u0000\u001b[2J'));
      response.end(Buffer.concat([Buffer.from([0xff]), Buffer.from('é'.repeat(2_000))]));
    });
    const outcome = await bench.sender().send(callbackTo(receiver.url()));
    // 1,024 less the 7 bytes before them: 508 characters of two bytes, and a half that is left out.
    expect(outcome).toMatchObject({ answer: `a\ufffd\ufffd[2J\ufffd${'é'.repeat(508)}` });
  });

  it('counts by its status when its body has no end, and costs 64 kB', async () => {
    const receiver = await bench.http((_request, response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
      };
      response.on('drain', pour);
      pour();
    });
    expect(await bench.sender().send(callbackTo(receiver.url()))).toMatchObject({
      kind: 'answered',
      status: 200,
      answer: 'x'.repeat(1_024),
    });
    await waitUntil('the connection is dropped', () => receiver.open.size === 0);
  });

  it('of exactly the limit is read, and its connection kept', async () => {
    const receiver = await bench.http(answer(200, 'x'.repeat(2_000)));
    const [within, below] = [bench.sender({ maxAnswerBytes: 2_000 }), bench.sender({ maxAnswerBytes: 1_999 })];
    expect(await within.send(callbackTo(receiver.url()))).toMatchObject({ status: 200 });
    expect(within.openConnections).toBe(1);
    expect(await below.send(callbackTo(receiver.url()))).toMatchObject({ status: 200 });
    expect(below.openConnections).toBe(0);
  });

  it.each([
    ['that is no HTTP', 'hello\r\n\r\n'],
    ['of another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['with a broken header', 'HTTP/1.1 200 OK\r\nno colon\r\n\r\n'],
    ['with two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc'],
    ['with a length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n'],
    ['with a broken chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['with more than 16 kB of headers', `HTTP/1.1 200 OK\r\n${'x-filler: 0123456789\r\n'.repeat(1_000)}\r\n`],
    ['with one header of more than 16 kB', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(17_000)}\r\n\r\n`],
    ['that switches protocols unasked', 'HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n'],
    ['that says continue unasked', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
  ])('%s is malformed', async (_what, bytes) => {
    const receiver = await bench.raw(bytes);
    expect(await bench.sender().send(callbackTo(receiver.url()))).toMatchObject({
      kind: 'failed',
      error: 'MALFORMED_ANSWER',
    });
    await waitUntil('the connection is dropped', () => receiver.open.size === 0);
  });
});

describe('an attempt without an answer', () => {
  const halfAnswer = 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf';

  it.each<[string, (socket: Socket) => void]>([
    ['is reset before it answers', (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['is closed before it answers', (socket) => socket.once('data', () => socket.end())],
    [
      'is reset within the answer',
      (socket) => socket.once('data', () => socket.write(halfAnswer, () => socket.resetAndDestroy())),
    ],
    ['is closed within the answer', (socket) => socket.once('data', () => socket.end(halfAnswer))],
    ['is reset at once', (socket) => socket.resetAndDestroy()],
  ])('tells of a connection that %s', async (_how, onSocket) => {
    const receiver = await bench.tcp(onSocket);
    const sender = bench.sender();
    expect(await sender.send(callbackTo(receiver.url()))).toMatchObject({ kind: 'failed', error: 'CONNECTION_RESET' });
    expect(receiver.connections).toBe(1);
    expect(sender.openConnections).toBe(0);
  });

  it('tells of a port where nobody listens, without naming an address', async () => {
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const url = `http://gone.example:${await freePort()}/`;
    expect(await bench.sender({ resolve }).send(callbackTo(url))).toMatchObject({
      kind: 'failed',
      error: 'CONNECTION_REFUSED',
      detail: 'gone.example refuses connections.',
    });
  });

  it.each<[string, RequestListener, string]>([
    ['headers', () => undefined, 'no answer'],
    ['a body', (_request, response) => response.writeHead(200).write('begun'), 'no end of the answer'],
    ['a body that drips', drip, 'no end of the answer'],
  ])('ends at the deadline when it waits for %s', async (_what, respond, missing) => {
    const receiver = await bench.http(respond);
    const sender = bench.sender({ deadlineMs: LONGER_MS });
    expect(await sender.send(callbackTo(receiver.url()))).toMatchObject({
      kind: 'failed',
      error: 'DEADLINE_EXCEEDED',
      detail: `There was ${missing} within ${LONGER_MS} ms.`,
    });
    expect(sender.openConnections).toBe(0);
    await waitUntil('the connection is dropped', () => receiver.open.size === 0);
  });

  it('ends at the deadline when headers drip, or 1xx never end', async () => {
    const receiver = await bench.tcp((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => socket.write('x: y\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const hints = await bench.tcp((socket) => {
      const timer = setInterval(() => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
    });
    const sender = bench.sender({ deadlineMs: SHORT_MS });
    const outcomes = await Promise.all([receiver, hints].map((server) => sender.send(callbackTo(server.url()))));
    expect(outcomes).toEqual([
      expect.objectContaining({ error: 'DEADLINE_EXCEEDED' }),
      expect.objectContaining({ error: 'DEADLINE_EXCEEDED' }),
    ]);
  });

  it('ends at the deadline when its body is not taken', async () => {
    const receiver = await bench.tcp((socket) => socket.pause());
    const outcome = await bench
      .sender({ deadlineMs: SHORT_MS })
      .send(callbackTo(receiver.url(), 'x'.repeat(50_000_000)));
    expect(outcome).toMatchObject({ error: 'DEADLINE_EXCEEDED' });
    await waitUntil('the connection is dropped', () => {
      for (const socket of receiver.open) socket.resume();
      return receiver.open.size === 0;
    });
  });

  it('ends at the deadline when the name is looked up without end', async () => {
    const sender = bench.sender({ deadlineMs: SHORT_MS, resolve: () => new Promise(() => undefined) });
    expect(await sender.send(callbackTo('http://slow.example/'))).toMatchObject({
      error: 'DEADLINE_EXCEEDED',
      detail: `There was no connection within ${SHORT_MS} ms.`,
    });
    expect(sender.openConnections).toBe(0);
  });
});

/** One byte at a time: each resets a time-out that only watches for silence. */
function drip(...[, response]: Parameters<RequestListener>): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write('.'), 20);
  response.on('close', () => clearInterval(timer));
}
