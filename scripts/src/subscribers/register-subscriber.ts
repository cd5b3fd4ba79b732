import { randomUUID } from 'node:crypto';
import { type AskedRegistration, isDone, type KeptRegistration, RegistrationFile } from './registration.file.js';
import { Subscriber } from './subscriber.js';
import { type Webhook, WebhooksApi } from './webhooks-api.js';

export interface Registration {
  webhook: Webhook;
  /** `whsec_…` */
  secret: string;
  isNew: boolean;
}

/**
 * Sees to it that `subscriber` has one webhook, to `url`. What was registered earlier is kept, and moved where the URL is
 * another now; one that the publisher does not know any more is registered anew. Rejects when the API refuses.
 */
export async function registerSubscriber(
  subscriber: Subscriber,
  url: string,
  api: WebhooksApi,
  file: RegistrationFile,
): Promise<Registration> {
  const kept = file.read();
  const earlier = await findEarlier(kept, api);
  const { isNew, webhook, secret } = earlier ?? (await register(askedOf(kept) ?? asking(subscriber, url), api, file));
  return { isNew, secret, webhook: webhook.url === url ? webhook : await api.move(webhook.id, url) };
}

async function findEarlier(kept: KeptRegistration | undefined, api: WebhooksApi): Promise<Registration | undefined> {
  if (kept === undefined || !isDone(kept)) return undefined;
  const webhook = await api.find(kept.webhookId);
  return webhook && { isNew: false, webhook, secret: kept.secret };
}

/** A start that broke off may have registered it; asked again in the same words, it is registered once. */
const askedOf = (kept: KeptRegistration | undefined): AskedRegistration | undefined =>
  kept === undefined || isDone(kept) ? undefined : kept;

const asking = ({ eventTypes, description }: Subscriber, url: string): AskedRegistration => ({
  idempotencyKey: randomUUID(),
  settings: { url, eventTypes, description },
});

async function register(asked: AskedRegistration, api: WebhooksApi, file: RegistrationFile): Promise<Registration> {
  file.write(asked);
  const { secret, ...webhook } = await api.create(asked.settings, asked.idempotencyKey);
  file.write({ webhookId: webhook.id, secret });
  return { isNew: true, webhook, secret };
}
