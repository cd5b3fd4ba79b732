import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

interface StoredWebhook {
  id: string;
  url: string;
  enabled: boolean;
  disabledReason: string | null;
}

/** The webhooks of a gateway, as far as registering goes: idempotent, and able to die before it has answered. */
export class WebhooksStandIn {
  readonly webhooks = new Map<string, StoredWebhook>();
  /** Breaks the connection instead of answering so many of the next requests, which are done nevertheless. */
  losesAnswers = 0;

  readonly #answers = new Map<string, { request: string; webhook: StoredWebhook & { secret: string } }>();
  readonly #server: Server = createServer((request, response) => {
    void this.#receive(request, response);
  });

  /** @returns the URL of the gateway. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = request.method === 'GET' ? {} : ((await json(request)) as { url: string });
    const [status, answer] = this.#answer(request, body);
    if (this.losesAnswers > 0) {
      this.losesAnswers -= 1;
      response.destroy();
      return;
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #answer({ method, url = '', headers }: IncomingMessage, body: object): [status: number, body: object] {
    if (method === 'POST') return this.#create(String(headers['idempotency-key']), body as { url: string });
    const webhook = this.webhooks.get(url.replace('/webhooks/', ''));
    if (webhook === undefined) return [404, { code: 'WEBHOOK_NOT_FOUND' }];
    return [200, Object.assign(webhook, body)];
  }

  #create(key: string, body: { url: string }): [status: number, body: object] {
    const earlier = this.#answers.get(key);
    if (earlier) return earlier.request === JSON.stringify(body) ? [201, earlier.webhook] : [422, {}];
    const webhook = { id: randomUUID(), url: body.url, enabled: true, disabledReason: null };
    const secret = `whsec_${randomUUID()}`;
    this.webhooks.set(webhook.id, webhook);
    this.#answers.set(key, { request: JSON.stringify(body), webhook: { ...webhook, secret } });
    return [201, { ...webhook, secret }];
  }
}
