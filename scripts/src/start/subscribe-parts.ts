import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { registerSubscriber } from '../subscribers/register-subscriber.js';
import { RegistrationFile } from '../subscribers/registration.file.js';
import { Subscriber } from '../subscribers/subscriber.js';
import { WebhooksApi } from '../subscribers/webhooks-api.js';
import { ApiKeys, keyOf } from './api-keys.js';
import { Environment } from './environment.js';
import { Log } from './log.js';
import { baseUrlOf, Part } from './parts.js';

type SubscribingPart = Part & { subscriber: Subscriber };

export interface SubscribedParts {
  /** Those that can start. */
  parts: readonly Part[];
  /** What their callbacks are signed with, by the variables that they read it from. */
  secrets: Environment;
}

export const withoutSubscribers = (parts: readonly Part[]): Part[] => parts.filter((part) => !isSubscribing(part));

const isSubscribing = (part: Part): part is SubscribingPart => part.subscriber !== undefined;

/**
 * Subscribes the edge functions among `parts`, once, as an operator: before they run, because they need the secret to
 * start, and callbacks are tried again. One whose secret is set was subscribed by somebody else. A failure is said; the
 * part does without its function then.
 */
export async function subscribeParts(
  parts: readonly Part[],
  gatewayUrl: string,
  environment: Environment,
  keys: ApiKeys,
  dataDir: string,
  log: Log,
): Promise<SubscribedParts> {
  const api = apiFor(gatewayUrl, keys);
  const secrets: Record<string, string> = {};
  for (const part of parts.filter(isSubscribing)) {
    const variable = part.subscriber.secretVariable;
    const given = environment[variable];
    try {
      secrets[variable] = given ?? (await subscribe(part, api, environment, dataDir, log));
    } catch (error) {
      log.warn(`${part.title} is not started, because it could not be subscribed: ${(error as Error).message}`);
    }
  }
  const startable = (part: SubscribingPart): boolean => secrets[part.subscriber.secretVariable] !== undefined;
  return { parts: parts.filter(isSubscribing).filter(startable), secrets };
}

function apiFor(gatewayUrl: string, keys: ApiKeys): WebhooksApi | undefined {
  const operator = keyOf(keys, 'operator');
  return operator && new WebhooksApi(gatewayUrl, operator.secret);
}

async function subscribe(
  part: SubscribingPart,
  api: WebhooksApi | undefined,
  environment: Environment,
  dataDir: string,
  log: Log,
): Promise<string> {
  if (api === undefined) throw new Error('API_KEYS holds no operator key in plain text');
  const folder = join(dataDir, 'subscriptions');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = new RegistrationFile(join(folder, `${part.name}.json`));
  const url = `${baseUrlOf(part, environment)}/`;
  const { webhook, secret, isNew } = await registerSubscriber(part.subscriber, url, api, file);
  if (isNew) log.info(`subscribed ${part.title} to ${part.subscriber.eventTypes.join(', ')}`);
  if (!webhook.enabled) {
    log.warn(
      `the webhook of ${part.title} is disabled (${webhook.disabledReason}); POST /webhooks/${webhook.id}/enable sends what is held`,
    );
  }
  return secret;
}
