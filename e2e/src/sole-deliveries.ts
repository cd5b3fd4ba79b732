import { type AttemptView, type DeliveryDetail, type DeliveryPage, type WebhookWithSecret } from '@holdfast/contracts';
import { type WebhookReceiver, waitUntil } from '@holdfast/testing';
import { type ApiClient } from './api-client.js';
import { type Books } from './books.js';
import { MUG } from './catalogue.js';

const DELIVERED_MS = 120_000;

/** The only delivery of a webhook. */
export interface SoleDelivery {
  webhookId: string;
  deliveryId: string;
}

/** Subscribes each path to the orders that a client places, lets it place one, and waits until each was told of it. */
export async function deliverOnce(
  client: ApiClient,
  receiver: WebhookReceiver,
  paths: readonly string[],
): Promise<SoleDelivery[]> {
  const webhooks: WebhookWithSecret[] = [];
  for (const path of paths) {
    const subscription = { url: `${receiver.origin}${path}`, eventTypes: ['order.created'] };
    const { body } = await client.request<WebhookWithSecret>('POST', '/webhooks', {}, subscription);
    receiver.expects(path, body.secret);
    webhooks.push(body);
  }
  await client.placeOrder({ productId: MUG.sku, quantity: 1 });
  return Promise.all(webhooks.map(({ id }) => delivered(client, id)));
}

/** Every attempt at a delivery beyond its first one, once nothing is to be sent any more. */
export function attemptsAgain(client: ApiClient, books: Books, { deliveryId }: SoleDelivery): Promise<AttemptView[]> {
  return waitUntil(
    'nothing is to be sent any more',
    async () => {
      if (books.replays() > 0) return undefined;
      const { body } = await client.request<DeliveryDetail>('GET', `/deliveries/${deliveryId}`);
      return body.status === 'delivered' && body.attempts.slice(1);
    },
    { timeoutMs: DELIVERED_MS },
  );
}

function delivered(client: ApiClient, webhookId: string): Promise<SoleDelivery> {
  return waitUntil(
    'the only delivery is at its end',
    async () => {
      const { body } = await client.request<DeliveryPage>('GET', `/webhooks/${webhookId}/deliveries`);
      const [delivery] = body.data;
      return delivery?.status === 'delivered' && { webhookId, deliveryId: delivery.id };
    },
    { timeoutMs: DELIVERED_MS },
  );
}
