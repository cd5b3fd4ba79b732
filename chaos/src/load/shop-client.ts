import { createHoldfastClient, type HoldfastClient, HoldfastProblem, HoldfastUnreachable } from '@holdfast/client';
import { type SeededRandom } from '@holdfast/testing';
import { type Answered, type Call, type History, type Operation, type Sighting } from '../history/history.js';

export interface OrderLine {
  productId: string;
  quantity: number;
}

/** Nobody knows what became of the request; it may be sent again under its key. */
export const UNKNOWN = 'unknown';

export type Outcome = Pick<Answered, 'status' | 'code' | 'order'> | typeof UNKNOWN;

// The gateway answers within its own limit, whatever happens behind it; what takes longer has lost its gateway.
const ATTEMPT_TIMEOUT_MS = 15_000;

/**
 * Somebody who calls the API and writes down every request before it is sent and every answer when it has come. Nothing
 * is sent again by itself: each attempt is an entry of its own in the history.
 */
export class ShopClient {
  private readonly clients: [HoldfastClient, ...HoldfastClient[]];

  /** @param gatewayUrls one of them is picked for each request, as a load balancer does. */
  constructor(
    gatewayUrls: readonly string[],
    apiKey: string,
    private readonly history: History,
    private readonly random: SeededRandom,
  ) {
    const options = { apiKey, retries: 0, attemptTimeoutMs: ATTEMPT_TIMEOUT_MS };
    const [first, ...others] = gatewayUrls.map((baseUrl) => createHoldfastClient({ ...options, baseUrl }));
    if (!first) throw new Error('there is no gateway');
    this.clients = [first, ...others];
  }

  place(key: string, items: OrderLine[]): Promise<Outcome> {
    const params = { header: { 'Idempotency-Key': key } };
    return this.noted('place', { key, body: { items } }, (client) =>
      client.post('/orders', { params, body: { items } }),
    );
  }

  read(id: string): Promise<Outcome> {
    return this.noted('read', { target: id }, (client) => client.get('/orders/{id}', { params: { path: { id } } }));
  }

  cancel(id: string): Promise<Outcome> {
    const params = { path: { id } };
    return this.noted('cancel', { target: id }, (client) => client.post('/orders/{id}/cancel', { params }));
  }

  /** Of a webhook. */
  enable(id: string): Promise<Outcome> {
    return this.noted('enable', { target: id }, async (client) => {
      const { response } = await client.post('/webhooks/{id}/enable', { params: { path: { id } } });
      return { data: undefined, response };
    });
  }

  /** An operator's. */
  adjust(sku: string, key: string, delta: number): Promise<Outcome> {
    const params = { path: { id: sku }, header: { 'Idempotency-Key': key } };
    const body = { delta, reason: 'chaos' };
    return this.noted('adjust', { key, target: sku, body }, async (client) => {
      const { response } = await client.post('/products/{id}/stock-adjustments', { params, body });
      return { data: undefined, response };
    });
  }

  private async noted(
    operation: Operation,
    request: { key?: string; target?: string; body?: object },
    ask: (client: HoldfastClient) => Promise<{ data: Sighting | undefined; response: Response }>,
  ): Promise<Outcome> {
    const call = this.history.asked({ operation, ...request });
    try {
      const { data, response } = await ask(this.random.pick(this.clients));
      return this.answered(call, { status: response.status, ...(data && { order: sightingOf(data) }) });
    } catch (error) {
      if (error instanceof HoldfastProblem) {
        return this.answered(call, { status: error.status, ...(error.code !== undefined && { code: error.code }) });
      }
      if (!(error instanceof HoldfastUnreachable)) throw error;
      this.history.unanswered(call, String((error.cause as Error | undefined)?.name ?? error.message));
      return UNKNOWN;
    }
  }

  private answered(call: Call, answer: Exclude<Outcome, typeof UNKNOWN>): Outcome {
    this.history.answered(call, answer);
    return answer;
  }
}

const sightingOf = ({ id, status, version }: Sighting): Sighting => ({ id, status, version });
