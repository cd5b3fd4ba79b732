import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * What a request is answered with: `lost` breaks the connection, `cut` in the middle of the body, `silent` never answers,
 * `streaming` sends one event and does not end.
 */
export type ScriptedAnswer =
  | 'lost'
  | 'cut'
  | 'silent'
  | 'streaming'
  | { status: number; headers?: Record<string, string>; body?: unknown };

export const ONE_EVENT = 'event: order.created\ndata: {}\n\n';

export interface Received {
  method: string;
  path: string;
  key: string | undefined;
  authorization: string | undefined;
  contentType: string | undefined;
  body: string;
}

/** An HTTP server that answers as it is told, in turn, the last answer for ever. */
export class ScriptedGateway {
  readonly received: Received[] = [];
  private script: ScriptedAnswer[] = [];
  private readonly server = createServer((request, response) => {
    this.receive(request, response).catch(() => response.destroy());
  });

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Forgets what was received. */
  answersWith(...script: ScriptedAnswer[]): void {
    this.script = script;
    this.received.length = 0;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const key = headers['idempotency-key'] as string | undefined;
    const { authorization, 'content-type': contentType } = headers;
    this.received.push({ method, path: url, key, authorization, contentType, body: await text(request) });
    const answer = (this.script.length > 1 ? this.script.shift() : this.script[0]) ?? 'lost';
    if (answer === 'silent') return;
    if (answer === 'lost') response.destroy();
    else if (answer === 'cut') response.writeHead(200, { 'content-length': 100 }).write('{', () => response.destroy());
    else if (answer === 'streaming') response.writeHead(200, { 'content-type': 'text/event-stream' }).write(ONE_EVENT);
    else {
      const type = answer.status < 400 ? 'application/json' : 'application/problem+json';
      response.writeHead(answer.status, { 'content-type': type, ...answer.headers });
      response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
    }
  }
}
