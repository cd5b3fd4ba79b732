import { type ReceivedCallback, type WebhookReceiver } from '@holdfast/testing';
import { type DescribedGateway, typedClient } from '../typed-client.js';

const PATH = '/fleet';

// An order that is confirmed or rejected: created, what became of its stock, and the decision.
const EVENTS_OF_AN_ORDER = 3;

/** What a subscriber of all events is told of orders. */
export class Subscription {
  private constructor(private readonly receiver: WebhookReceiver) {}

  static async to(gateway: DescribedGateway, receiver: WebhookReceiver): Promise<Subscription> {
    const { data } = await typedClient(gateway, 'shop').post('/webhooks', {
      body: { url: `${receiver.origin}${PATH}`, eventTypes: ['*'] },
    });
    receiver.expects(PATH, data.secret);
    return new Subscription(receiver);
  }

  /** How many of these orders it has not been told everything of. */
  waitingFor(orderIds: readonly string[]): number {
    const told = this.byOrder();
    return orderIds.filter((id) => (told.get(id)?.length ?? 0) < EVENTS_OF_AN_ORDER).length;
  }

  /** Orders whose events, and no others, did not first come in their order, each with the event before it. */
  outOfOrder(orderIds: readonly string[]): string[] {
    const told = this.byOrder();
    return orderIds.filter((id) => told.get(id)?.length !== EVENTS_OF_AN_ORDER || !inSequence(told.get(id) ?? []));
  }

  /** Callbacks that came more than once. */
  get repeated(): number {
    const accepted = this.receiver.acceptedOn(PATH);
    return accepted.length - firstOfEach(accepted).length;
  }

  private byOrder(): Map<string, ReceivedCallback[]> {
    const byOrder = new Map<string, ReceivedCallback[]>();
    for (const callback of firstOfEach(this.receiver.acceptedOn(PATH))) {
      const orderId = callback.subject.replace('order/', '');
      const told = byOrder.get(orderId);
      if (told) told.push(callback);
      else byOrder.set(orderId, [callback]);
    }
    return byOrder;
  }
}

function firstOfEach(callbacks: readonly ReceivedCallback[]): ReceivedCallback[] {
  const seen = new Set<string>();
  return callbacks.filter(({ id }) => !seen.has(id) && seen.add(id));
}

const inSequence = (events: readonly ReceivedCallback[]): boolean =>
  events.every(
    ({ sequence, previousEventId }, index) =>
      sequence === index + 1 && previousEventId === (index === 0 ? null : events[index - 1]?.id),
  );
