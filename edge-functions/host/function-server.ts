import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { type Log, messageOf } from '../shared/log.ts';
import { type WebHandler } from '../shared/or-misconfigured.ts';
import { sendWebResponse, webRequestOf } from './web-request.ts';

// The publisher gives a callback 15 s in all; who sends its headers or its body slower than this is not the publisher.
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;

/** Serves a function's handler over HTTP, with `GET /health/live` and `GET /health/ready` beside it. */
export class FunctionServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #stopping = false;

  constructor(handler: WebHandler, log: Log) {
    this.#server = createServer(
      { headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS, connectionsCheckingInterval: 1_000 },
      (incoming, outgoing) => {
        this.#answer(handler, incoming, outgoing).catch((error: unknown) => {
          log.error('could not answer', { error: messageOf(error) });
          outgoing.destroy();
        });
      },
    );
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** @returns the port that it listens on, which for port 0 is a free one. */
  async listen(port: number, host: string): Promise<number> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes no more connections and resolves when the requests in flight are answered, at the latest after `patienceMs`. */
  async stop(patienceMs: number): Promise<void> {
    this.#stopping = true;
    const deadline = setTimeout(() => this.#server.closeAllConnections(), patienceMs);
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeIdleConnections();
    // A connection on which nothing came yet is not idle to Node, which would wait for it.
    for (const socket of this.#sockets) if (socket.bytesRead === 0) socket.destroy();
    await closed;
    clearTimeout(deadline);
  }

  async #answer(handler: WebHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    // Its connection would otherwise stay open, and the stop would wait for it.
    if (this.#stopping) outgoing.setHeader('connection', 'close');
    outgoing.once('finish', () => this.#stopping && incoming.socket.end());
    const request = webRequestOf(incoming);
    const response = this.#health(incoming) ?? (request ? await handler(request) : new Response(null, { status: 400 }));
    await sendWebResponse(response, incoming, outgoing);
  }

  #health({ method, url }: IncomingMessage): Response | undefined {
    if (method !== 'GET') return undefined;
    if (url === '/health/live') return Response.json({ status: 'ok' });
    if (url !== '/health/ready') return undefined;
    return this.#stopping ? Response.json({ status: 'stopping' }, { status: 503 }) : Response.json({ status: 'ok' });
  }
}
