import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import { connect, type Socket } from 'node:net';
import { type TLSSocket } from 'node:tls';
import { waitUntil } from '@holdfast/testing';
import { TestAuthority } from './http-certificates.js';
import { callbackTo, type Receiver, type SenderOptions, Workbench } from './http-receivers.js';

const SHORT_MS = 300;
const HOUR_MS = 3_600_000;
const bench = new Workbench();
const authority = new TestAuthority();

afterEach(() => bench.clear());

const secureUrl = (receiver: Receiver, host = 'hooks.example') => `https://${host}:${receiver.port}/`;

const sender = (options: SenderOptions = {}) =>
  bench.sender({
    allowHttp: false,
    ca: authority.certificate,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    ...options,
  });

async function secureReceiver(options: ServerOptions = authority.issue(['hooks.example'])) {
  const server = createSecureServer(options);
  const receiver = await bench.listen(server);
  const serverNames: (string | false | undefined)[] = [];
  server.on('secureConnection', (socket: TLSSocket & { servername?: string | false }) => {
    serverNames.push(socket.servername);
  });
  server.on(
    'request',
    receiver.answering((_request, response) => response.end('ok')),
  );
  return Object.assign(receiver, { serverNames });
}

describe('TLS', () => {
  it('is agreed with the name in the URL, whatever address it has', async () => {
    const receiver = await secureReceiver();
    expect(await sender().send(callbackTo(secureUrl(receiver)))).toMatchObject({ status: 200, answer: 'ok' });
    expect(receiver.serverNames).toEqual(['hooks.example']);
    expect(receiver.requests[0]?.headers.host).toBe(`hooks.example:${receiver.port}`);
  });

  it('is agreed with an address in the URL, if the certificate has it', async () => {
    const receiver = await secureReceiver(authority.issue(['127.0.0.1']));
    expect(await sender().send(callbackTo(secureUrl(receiver, '127.0.0.1')))).toMatchObject({ status: 200 });
    expect(receiver.serverNames).toEqual([false]);
    const other = await secureReceiver(authority.issue(['127.0.0.2']));
    expect(await sender().send(callbackTo(secureUrl(other, '127.0.0.1')))).toMatchObject({ error: 'TLS_FAILED' });
  });

  it('carries one request after the other on one connection', async () => {
    const receiver = await secureReceiver();
    const reusing = sender();
    for (let i = 0; i < 3; i += 1) await reusing.send(callbackTo(secureUrl(receiver)));
    expect(receiver.connections).toBe(1);
    expect(receiver.requests).toHaveLength(3);
  });

  it.each<[string, () => ServerOptions, RegExp]>([
    [
      'signed by nobody we know',
      () => new TestAuthority('A stranger').issue(['hooks.example']),
      /unable to .*certificate/,
    ],
    ['that has expired', () => authority.issue(['hooks.example'], -HOUR_MS), /certificate has expired/],
    ['for another name', () => authority.issue(['other.example']), /hooks.example. is not in the cert's altnames/],
    ['for an address only', () => authority.issue(['127.0.0.1']), /hooks.example. is not cert's CN/],
    [
      'with names that steer a terminal',
      () => authority.issue([`\u001b[2J${'x'.repeat(1_000)}`]),
      /^TLS with hooks.example failed: \P{Cc}{1,300}\.$/u,
    ],
  ])('refuses a certificate %s', async (_what, options, reason) => {
    const receiver = await secureReceiver(options());
    expect(await sender().send(callbackTo(secureUrl(receiver)))).toMatchObject({
      kind: 'failed',
      error: 'TLS_FAILED',
      detail: expect.stringMatching(reason),
    });
    expect(receiver.requests).toEqual([]);
    await waitUntil('the connection is dropped', () => receiver.open.size === 0);
  });

  it('refuses a certificate that only our authority would make good, without it', async () => {
    const receiver = await secureReceiver();
    const options = { allowHttp: false, resolve: async () => [{ address: '127.0.0.1', family: 4 }] };
    expect(await bench.sender(options).send(callbackTo(secureUrl(receiver)))).toMatchObject({ error: 'TLS_FAILED' });
  });

  it('refuses TLS 1.1', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const receiver = await secureReceiver({ ...authority.issue(['hooks.example']), ...old });
    expect(await sender().send(callbackTo(secureUrl(receiver)))).toMatchObject({
      error: 'TLS_FAILED',
      detail: expect.stringContaining('protocol version'),
    });
  });

  it('fails where what comes after the handshake is no TLS', async () => {
    const receiver = await secureReceiver();
    const line = await bench.tcp((client) => {
      const server = connect(receiver.port, '127.0.0.1');
      client.pipe(server).pipe(client);
      receiver.server.once('secureConnection', () => client.write('no TLS at all'));
      client.on('close', () => server.destroy());
    });
    expect(await sender().send(callbackTo(secureUrl(line)))).toMatchObject({
      error: 'TLS_FAILED',
      detail: 'TLS with hooks.example failed: wrong version number.',
    });
  });

  it('fails where the server speaks plain HTTP', async () => {
    const receiver = await bench.http((_request, response) => response.end('ok'));
    expect(await sender().send(callbackTo(secureUrl(receiver)))).toMatchObject({
      error: 'TLS_FAILED',
      detail: 'TLS with hooks.example failed: wrong version number.',
    });
  });

  it.each<[string, (socket: Socket) => void]>([
    ['reset', (socket) => socket.once('data', () => socket.resetAndDestroy())],
    ['closed', (socket) => socket.once('data', () => socket.end())],
  ])('that is %s while it is agreed is a broken connection', async (_how, onSocket) => {
    const receiver = await bench.tcp(onSocket);
    expect(await sender().send(callbackTo(secureUrl(receiver)))).toMatchObject({ error: 'CONNECTION_RESET' });
  });

  it('ends at the deadline when the server is silent', async () => {
    const receiver = await bench.tcp((socket) => socket.resume());
    const impatient = sender({ deadlineMs: SHORT_MS });
    expect(await impatient.send(callbackTo(secureUrl(receiver)))).toMatchObject({
      error: 'DEADLINE_EXCEEDED',
      detail: `There was no connection within ${SHORT_MS} ms.`,
    });
    expect(impatient.openConnections).toBe(0);
    await waitUntil('the connection is dropped', () => receiver.open.size === 0);
  });

  it('is judged by the address first: ours does not get a handshake', async () => {
    const receiver = await secureReceiver();
    expect(await sender({ networks: '' }).send(callbackTo(secureUrl(receiver)))).toMatchObject({
      error: 'ADDRESS_NOT_ALLOWED',
    });
    expect(receiver.connections).toBe(0);
  });
});
