import { refusalText } from '../start/refusal-text.js';

/** What registering needs to know of a webhook. */
export interface Webhook {
  id: string;
  url: string;
  enabled: boolean;
  /** Why it is not enabled; null while it is. */
  disabledReason: string | null;
}

export interface WebhookSettings {
  url: string;
  eventTypes: readonly string[];
  description: string;
}

/** Far above the gateway's own limit of 10 s for an answer. */
const TIMEOUT_MS = 15_000;

/** The gateway's webhooks, asked for with one API key. */
export class WebhooksApi {
  constructor(
    private readonly gatewayUrl: string,
    private readonly key: string,
  ) {}

  /** Undefined where there is none with this id. */
  async find(id: string): Promise<Webhook | undefined> {
    const response = await this.ask('GET', `/webhooks/${id}`);
    return response.status === 404 ? undefined : ((await accepted(response, 'GET /webhooks/{id}')) as Webhook);
  }

  /** The same `idempotencyKey` with the same settings again is answered with the webhook that there is, and its secret. */
  async create(settings: WebhookSettings, idempotencyKey: string): Promise<Webhook & { secret: string }> {
    const response = await this.ask('POST', '/webhooks', settings, { 'idempotency-key': idempotencyKey });
    return (await accepted(response, 'POST /webhooks')) as Webhook & { secret: string };
  }

  async move(id: string, url: string): Promise<Webhook> {
    return (await accepted(await this.ask('PATCH', `/webhooks/${id}`, { url }), 'PATCH /webhooks/{id}')) as Webhook;
  }

  private ask(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.gatewayUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.key}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }
}

async function accepted(response: Response, call: string): Promise<unknown> {
  const answer = await response.text();
  // An accepted answer may hold a secret: only a refusal is quoted.
  if (!response.ok) throw new Error(`${call} answered ${response.status}: ${refusalText(answer)}`);
  return JSON.parse(answer);
}
