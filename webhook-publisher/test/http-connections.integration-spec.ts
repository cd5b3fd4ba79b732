import { type Socket } from 'node:net';
import { waitUntil } from '@holdfast/testing';
import { callbackTo, Workbench } from './http-receivers.js';

const bench = new Workbench();

afterEach(() => bench.clear());

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

const GIVEN_UP = expect.objectContaining({
  kind: 'failed',
  error: 'CONNECTION_RESET',
  detail: 'The sender stopped before there was an answer.',
});

describe('a connection', () => {
  it('carries one request after the other, without a second one', async () => {
    const receiver = await bench.http((_request, response) => response.end('ok'));
    const sender = bench.sender();
    for (let i = 0; i < 20; i += 1)
      expect(await sender.send(callbackTo(receiver.url()))).toMatchObject({ status: 200 });
    expect(receiver.requests).toHaveLength(20);
    expect(receiver.connections).toBe(1);
  });

  it('is opened for every request that runs at once, and for none more', async () => {
    const receiver = await bench.http((_request, response) => response.end('ok'));
    const sender = bench.sender();
    const lane = async () => {
      for (let i = 0; i < 20; i += 1) await sender.send(callbackTo(receiver.url()));
    };
    await Promise.all(Array.from({ length: 8 }, lane));
    expect(receiver.requests).toHaveLength(160);
    expect(receiver.connections).toBe(8);
  });

  it('of one endpoint that hangs does not hold up another at the same host', async () => {
    const receiver = await bench.http((request, response) => {
      if (request.url === '/quick') response.end('ok');
    });
    const sender = bench.sender();
    const hanging = Array.from({ length: 300 }, () => sender.send(callbackTo(receiver.url('/hanging'))));
    await waitUntil('all of them wait', () => receiver.requests.length === 300);
    expect(await sender.send(callbackTo(receiver.url('/quick')))).toMatchObject({ answer: 'ok' });
    await sender.close();
    expect(await Promise.all(hanging)).toEqual(new Array(300).fill(GIVEN_UP));
  });

  it('is closed when it has been idle, and its origin is forgotten', async () => {
    const receiver = await bench.tcp((socket) => socket.on('data', () => socket.write(OK)));
    const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
    const sender = bench.sender({ resolve, idleMs: 100 });
    const hosts = Array.from({ length: 200 }, (_, i) => `host-${i}.example`);
    await Promise.all(hosts.map((host) => sender.send(callbackTo(receiver.url('/', host)))));
    expect(receiver.connections).toBe(200);
    await waitUntil('all are closed', () => receiver.open.size === 0 && sender.openConnections === 0);
  });

  it('is not kept when enough are idle', async () => {
    const receiver = await bench.http((_request, response) => response.end('ok'));
    const sender = bench.sender({ maxIdleConnections: 3 });
    await Promise.all(Array.from({ length: 10 }, () => sender.send(callbackTo(receiver.url()))));
    expect(sender.openConnections).toBe(3);
    await waitUntil('the others are closed', () => receiver.open.size === 3);
  });

  it('that its server ends after the answer is not used again', async () => {
    const receiver = await bench.http((_request, response) => response.setHeader('connection', 'close').end('ok'));
    const sender = bench.sender();
    for (let i = 0; i < 5; i += 1) expect(await sender.send(callbackTo(receiver.url()))).toMatchObject({ status: 200 });
    expect(receiver.connections).toBe(5);
    await waitUntil('none is left', () => sender.openConnections === 0);
  });

  it('that its server ends while it is idle is not used again', async () => {
    const receiver = await bench.http((_request, response) => response.end('ok'));
    const sender = bench.sender();
    await sender.send(callbackTo(receiver.url()));
    for (const socket of receiver.open) socket.end();
    await waitUntil('it is gone', () => sender.openConnections === 0);
    expect(await sender.send(callbackTo(receiver.url()))).toMatchObject({ status: 200 });
  });

  it('that dies under its second request is told, and the request is not repeated', async () => {
    let requests = 0;
    const receiver = await bench.tcp((socket) => {
      socket.on('data', () => {
        requests += 1;
        if (requests === 2) socket.resetAndDestroy();
        else socket.write(OK);
      });
    });
    const sender = bench.sender();
    expect(await sender.send(callbackTo(receiver.url()))).toMatchObject({ answer: 'ok' });
    expect(await sender.send(callbackTo(receiver.url()))).toMatchObject({ error: 'CONNECTION_RESET' });
    expect(requests).toBe(2);
    expect(receiver.connections).toBe(1);
    expect(await sender.send(callbackTo(receiver.url()))).toMatchObject({ answer: 'ok' });
    expect(receiver.connections).toBe(2);
  });

  it('on which a second answer comes unasked is not used again', async () => {
    const receiver = await bench.tcp((socket) => socket.once('data', () => socket.write(OK + OK.replace('ok', 'no'))));
    const sender = bench.sender();
    expect(await sender.send(callbackTo(receiver.url()))).toMatchObject({ answer: 'ok' });
    expect(await sender.send(callbackTo(receiver.url()))).toMatchObject({ answer: 'ok' });
    expect(receiver.connections).toBe(2);
  });
});

describe('giving up', () => {
  it('by one signal ends all that wait, as a failure that blames nobody', async () => {
    const receiver = await bench.http(() => undefined);
    const sender = bench.sender();
    const stop = new AbortController();
    const sent = Array.from({ length: 20 }, () => sender.send(callbackTo(receiver.url()), stop.signal));
    await waitUntil('they have arrived', () => receiver.requests.length === 20);
    stop.abort();
    expect(await Promise.all(sent)).toEqual(new Array(20).fill(GIVEN_UP));
    await waitUntil('the connections are dropped', () => receiver.open.size === 0);
    expect(await sender.send(callbackTo(receiver.url()), stop.signal)).toEqual(GIVEN_UP);
    expect(receiver.requests).toHaveLength(20);
  });

  it('leaves what has its outcome alone', async () => {
    const receiver = await bench.http((_request, response) => response.end('ok'));
    const sender = bench.sender();
    const stop = new AbortController();
    expect(await sender.send(callbackTo(receiver.url()), stop.signal)).toMatchObject({ status: 200 });
    stop.abort();
    expect(await sender.send(callbackTo(receiver.url()))).toMatchObject({ status: 200 });
    expect(receiver.connections).toBe(1);
  });

  it('closing ends everything: idle, waiting, and being opened', async () => {
    const receiver = await bench.http((request, response) => {
      if (request.url === '/quick') response.end('ok');
    });
    const silent = await bench.tcp((socket: Socket) => socket.pause());
    const sender = bench.sender();
    const waiting = [
      sender.send(callbackTo(receiver.url('/hanging'))),
      sender.send(callbackTo(`https://127.0.0.1:${silent.port}/`)),
    ];
    await sender.send(callbackTo(receiver.url('/quick')));
    await waitUntil('all are connected', () => receiver.open.size === 2 && silent.open.size === 1);
    await sender.close();
    expect(await Promise.all(waiting)).toEqual([GIVEN_UP, GIVEN_UP]);
    expect(sender.openConnections).toBe(0);
    for (const socket of silent.open) socket.resume();
    await waitUntil('all are dropped', () => receiver.open.size === 0 && silent.open.size === 0);
    expect(await sender.send(callbackTo(receiver.url()))).toEqual(GIVEN_UP);
  });
});
