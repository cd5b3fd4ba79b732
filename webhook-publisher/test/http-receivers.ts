import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { parseNetworks } from '../src/outbound/http/address-policy.js';
import { HttpCallbackSender, type HttpCallbackSenderOptions } from '../src/outbound/http/callback-sender.js';

export interface ReceivedRequest {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface ListenAt {
  host?: string;
  port?: number;
}

/** A subscriber's server on a loopback address, which remembers who came. */
export class Receiver {
  /** Sockets accepted, ever. */
  connections = 0;
  /** Those of them that are not closed. */
  readonly open = new Set<Socket>();
  readonly requests: ReceivedRequest[] = [];

  private constructor(
    readonly server: Server,
    readonly port: number,
  ) {
    server.on('connection', (socket: Socket) => {
      this.connections += 1;
      this.open.add(socket);
      // Senders that give up reset their connections.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.open.delete(socket));
    });
  }

  static async listen(server: Server, { host = '127.0.0.1', port = 0 }: ListenAt = {}): Promise<Receiver> {
    server.listen(port, host);
    await once(server, 'listening');
    return new Receiver(server, (server.address() as AddressInfo).port);
  }

  /** Its URL, by address or by a name that leads to it. */
  url(path = '/', host = '127.0.0.1'): string {
    return `http://${host}:${this.port}${path}`;
  }

  /** Keeps each request, then lets `respond` answer. */
  answering(respond: RequestListener): RequestListener {
    return (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url: path, headers } = request;
        this.requests.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
        respond(request, response);
      });
    };
  }

  async close(): Promise<void> {
    this.server.close();
    for (const socket of this.open) socket.destroy();
    if (this.server.listening) await once(this.server, 'close');
  }
}

/** Servers and senders of a test, to be cleared after it. */
export class Workbench {
  private readonly closers: (() => Promise<void>)[] = [];

  /** A sender that may use http and, unless told otherwise, the whole of 127.0.0.0/8. */
  sender({ networks = '127.0.0.0/8', ...options }: SenderOptions = {}): HttpCallbackSender {
    const allowedNetworks = parseNetworks(networks).networks;
    const sender = new HttpCallbackSender({ allowHttp: true, allowedNetworks, ...options });
    this.closers.push(() => sender.close());
    return sender;
  }

  async http(respond: RequestListener, at?: ListenAt): Promise<Receiver> {
    const server = createServer();
    const receiver = await this.listen(server, at);
    server.on('request', receiver.answering(respond));
    return receiver;
  }

  /** A TCP server that does as it likes. */
  tcp(onSocket: (socket: Socket) => void, at?: ListenAt): Promise<Receiver> {
    return this.listen(createTcpServer(onSocket), at);
  }

  /** A TCP server that answers the first bytes of a connection with this. */
  raw(answer: string | Buffer): Promise<Receiver> {
    return this.tcp((socket) => socket.once('data', () => socket.write(answer)));
  }

  async listen(server: Server, at?: ListenAt): Promise<Receiver> {
    const receiver = await Receiver.listen(server, at);
    this.closers.push(() => receiver.close());
    return receiver;
  }

  async clear(): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) await close();
  }
}

export type SenderOptions = Partial<Omit<HttpCallbackSenderOptions, 'allowedNetworks'>> & { networks?: string };

/** A callback to a URL; what it says matters to few tests. */
export const callbackTo = (url: string, body = '{"id":"e1"}') => ({ url, headers: { 'webhook-id': 'e1' }, body });
