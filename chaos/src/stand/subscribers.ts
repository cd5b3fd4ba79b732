import { createHoldfastClient } from '@holdfast/client';
import { type Reaction, type ReceivedCallback, type SeededRandom, WebhookReceiver } from '@holdfast/testing';

/** One that takes everything at once, and one that fails now and then, in every way that an endpoint fails. */
export const ENDPOINTS = ['/steady', '/flaky'] as const;

export type Endpoint = (typeof ENDPOINTS)[number];

/** Somebody who is told of every event of the client `shop`, twice. */
export class Subscribers {
  /** Ids of the subscriptions. */
  readonly webhookIds = new Map<Endpoint, string>();

  private constructor(
    private readonly receiver: WebhookReceiver,
    private readonly random: SeededRandom,
  ) {
    receiver.react = ({ path }) => (path === '/flaky' ? this.mood() : { status: 204 });
  }

  static async listen(random: SeededRandom): Promise<Subscribers> {
    return new Subscribers(await WebhookReceiver.start(), random);
  }

  /** Subscribes both endpoints to every event. */
  async subscribe(gatewayUrl: string, apiKey: string): Promise<void> {
    const client = createHoldfastClient({ baseUrl: gatewayUrl, apiKey });
    for (const endpoint of ENDPOINTS) {
      const body = { url: `${this.receiver.origin}${endpoint}`, eventTypes: ['*' as const] };
      const { data } = await client.post('/webhooks', { body });
      this.receiver.expects(endpoint, data.secret);
      this.webhookIds.set(endpoint, data.id);
    }
  }

  /** What an endpoint accepted, in the order of arrival. */
  accepted(endpoint: Endpoint): ReceivedCallback[] {
    return this.receiver.acceptedOn(endpoint);
  }

  /** Bodies that came with a wrong signature. */
  get forged(): readonly string[] {
    return this.receiver.forged;
  }

  async close(): Promise<void> {
    await this.receiver.close();
  }

  /** Seldom, since a failure holds back what follows: of its subject until it is sent again, with 503 all of the endpoint. */
  private mood(): Reaction {
    const dice = this.random.between(1, 200);
    if (dice === 1) return { status: 503, headers: { 'retry-after': '1' } };
    if (dice <= 3) return 'reset';
    return { status: dice <= 6 ? 500 : 204 };
  }
}
