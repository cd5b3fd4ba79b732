import {
  createHoldfastClient,
  type HoldfastClient,
  HoldfastProblem,
  type Webhook,
  type WebhookRequest,
  type WebhookWithSecret,
} from '@holdfast/client';

export type { Webhook };
export type WebhookSettings = Pick<WebhookRequest, 'url' | 'eventTypes' | 'description'>;

/** Above the gateway's own limit of 10 s for an answer; tried again twice at most, because the start waits for it. */
const PATIENCE = { attemptTimeoutMs: 15_000, retries: 2 };

/** The gateway's webhooks, asked for with one API key. Rejects with what the client rejects with. */
export class WebhooksApi {
  readonly #client: HoldfastClient;

  constructor(gatewayUrl: string, key: string) {
    this.#client = createHoldfastClient({ baseUrl: gatewayUrl, apiKey: key, ...PATIENCE });
  }

  /** Undefined where there is none with this id. */
  async find(id: string): Promise<Webhook | undefined> {
    try {
      return (await this.#client.get('/webhooks/{id}', { params: { path: { id } } })).data;
    } catch (error) {
      if (error instanceof HoldfastProblem && error.status === 404) return undefined;
      throw error;
    }
  }

  /** The same `idempotencyKey` with the same settings again is answered with the webhook that there is, and its secret. */
  async create(body: WebhookSettings, idempotencyKey: string): Promise<WebhookWithSecret> {
    const params = { header: { 'Idempotency-Key': idempotencyKey } };
    return (await this.#client.post('/webhooks', { params, body })).data;
  }

  async move(id: string, url: string): Promise<Webhook> {
    return (await this.#client.patch('/webhooks/{id}', { params: { path: { id } }, body: { url } })).data;
  }
}
