import { createHoldfastClient } from '@holdfast/client';
import { type Reaction, type ReceivedCallback, type SeededRandom, WebhookReceiver } from '@holdfast/testing';

/**
 * Of a client one that takes everything at once, and one that fails now and then, in every way that an endpoint fails; and
 * one of an operator, who is told of everything.
 */
export const ENDPOINTS = ['/steady', '/flaky', '/operator'] as const;

export type Endpoint = (typeof ENDPOINTS)[number];

/**
 * One that says of each event at first that it is gone, which disables its subscription: webhook-publisher has events of its
 * own to publish then. What it gets is not looked at: while it is disabled, nobody promises it anything.
 */
const CLOSED = '/closed';

/** Who is told of every event of the client `shop`, twice, and of every event at all. */
export class Subscribers {
  /** Ids of the subscriptions. */
  readonly webhookIds = new Map<Endpoint, string>();
  /** Id of the subscription that is disabled again and again. */
  closedId = '';

  private constructor(private readonly receiver: WebhookReceiver) {
    receiver.react = (callback) => reactionTo(callback, { status: 204 });
  }

  static async listen(): Promise<Subscribers> {
    return new Subscribers(await WebhookReceiver.start());
  }

  /** From now on /flaky fails as this chance has it: at the same callbacks by number, whichever these are. */
  failBy(random: SeededRandom): void {
    this.receiver.react = (callback) =>
      reactionTo(callback, callback.path === '/flaky' ? moodOf(random) : { status: 204 });
  }

  /** Subscribes each endpoint to every event that its owner may be told of. */
  async subscribe(gatewayUrl: string, keys: { shop: string; operator: string }): Promise<void> {
    const to = async (endpoint: string, eventTypes: ('*' | 'order.rejected')[]) => {
      const apiKey = endpoint === '/operator' ? keys.operator : keys.shop;
      const client = createHoldfastClient({ baseUrl: gatewayUrl, apiKey });
      const { data } = await client.post('/webhooks', {
        body: { url: `${this.receiver.origin}${endpoint}`, eventTypes },
      });
      this.receiver.expects(endpoint, data.secret);
      return data.id;
    };
    for (const endpoint of ENDPOINTS) this.webhookIds.set(endpoint, await to(endpoint, ['*']));
    this.closedId = await to(CLOSED, ['order.rejected']);
  }

  /** What an endpoint accepted, in the order of arrival. */
  accepted(endpoint: Endpoint): ReceivedCallback[] {
    return this.receiver.acceptedOn(endpoint);
  }

  /** How often an endpoint was sent each event and did not accept it, by the event's id. */
  refused(endpoint: Endpoint): Map<string, number> {
    return this.receiver.refusedOn(endpoint);
  }

  /** Bodies that came with a wrong signature. */
  get forged(): readonly string[] {
    return this.receiver.forged;
  }

  async close(): Promise<void> {
    await this.receiver.close();
  }
}

const reactionTo = ({ path, attempt }: ReceivedCallback, otherwise: Reaction): Reaction =>
  path === CLOSED && attempt === 1 ? { status: 410 } : otherwise;

/** Fails seldom, since a failure holds back what follows: of its subject until it is sent again, with 503 all of the endpoint. */
function moodOf(random: SeededRandom): Reaction {
  const dice = random.between(1, 200);
  if (dice === 1) return { status: 503, headers: { 'retry-after': '1' } };
  if (dice <= 3) return 'reset';
  return { status: dice <= 6 ? 500 : 204 };
}
