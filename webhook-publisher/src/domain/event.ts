import { createHash } from 'node:crypto';
import { type MessageData, type Pattern, type WebhookEventType } from '@holdfast/contracts';

/** An event as it is stored for its subscribers. */
export interface SubscribedEvent {
  /** Also the `webhook-id`. */
  id: string;
  type: WebhookEventType;
  /** `order/<id>`, `product/<id>` or `webhook/<id>`: events of one subject are kept in order. */
  subject: string;
  /** The client it is about; null for what only operators are told. */
  owner: string | null;
  /** JSON. */
  data: string;
  correlationId: string;
  /** Unix milliseconds. */
  occurredAt: number;
}

/** Every event that arrives over RabbitMQ; a test is made here. */
export type ArrivingType = Extract<WebhookEventType, Pattern>;

type Concern = { subject: string; owner: string | null };

const ofOrder = ({ orderId, clientId }: { orderId: string; clientId: string }): Concern => ({
  subject: `order/${orderId}`,
  owner: clientId,
});

const ofProduct = ({ productId }: { productId: string }): Concern => ({
  subject: `product/${productId}`,
  owner: null,
});

const CONCERNS: { [T in ArrivingType]: (data: MessageData<T>) => Concern } = {
  'order.created': ofOrder,
  'order.confirmed': ofOrder,
  'order.rejected': ofOrder,
  'order.cancelled': ofOrder,
  'product.stockReserved': ofOrder,
  'product.stockReleased': ofOrder,
  'product.stockAdjusted': ofProduct,
  'product.stockLow': ofProduct,
  'webhook.disabled': ({ webhookId, clientId }) => ({ subject: `webhook/${webhookId}`, owner: clientId }),
};

export const arrivingTypes = Object.keys(CONCERNS) as ArrivingType[];

/** What an event is about and whose it is. */
export function concernOf<T extends ArrivingType>(type: T, data: MessageData<T>): Concern {
  return CONCERNS[type](data);
}

// What may stand in a header field value, and be compared by whoever drops repeats.
const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;

/** The id that subscribers see. A message that somebody published by hand may have an id that no header can carry. */
export const eventIdOf = (messageId: string): string =>
  VISIBLE_ASCII.test(messageId) ? messageId : `sha256-${createHash('sha256').update(messageId).digest('hex')}`;
