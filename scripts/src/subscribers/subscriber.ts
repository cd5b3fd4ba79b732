import { type WebhookSettings } from './webhooks-api.js';

/** An edge function that the system subscribes to its own callbacks. */
export interface Subscriber {
  name: string;
  eventTypes: WebhookSettings['eventTypes'];
  description: string;
  /** The function's variable for the secret that its callbacks are signed with. */
  secretVariable: string;
}

export const logger: Subscriber = {
  name: 'logger',
  eventTypes: ['*'],
  description: 'The logger that ships with the system: stores every event. Its URL is set at every start.',
  secretVariable: 'LOGGER_WEBHOOK_SECRET',
};

export const notifier: Subscriber = {
  name: 'notifier',
  // What people are told of; the others would cost a delivery each and be answered "ignored".
  eventTypes: [
    'order.confirmed',
    'order.rejected',
    'order.cancelled',
    'product.stockLow',
    'product.stockAdjusted',
    'webhook.*',
  ],
  description: 'The notifier that ships with the system: writes messages to people. Its URL is set at every start.',
  secretVariable: 'NOTIFIER_WEBHOOK_SECRET',
};

export const subscribers: readonly Subscriber[] = [logger, notifier];
