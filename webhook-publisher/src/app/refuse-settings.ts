import { type Refusal } from '@holdfast/contracts';
import { deniedTypes } from '../domain/new-subscription.js';
import { type Subscription } from '../domain/subscription.js';
import { type UrlPolicy } from './owner.ports.js';

/** Why a subscription may not be as somebody wants it: where its callbacks go, where that is said, or what they tell. */
export function refusalOfSettings(
  { role, eventTypes, url }: Pick<Subscription, 'role' | 'eventTypes'> & { url?: string | undefined },
  urlPolicy: UrlPolicy,
): Refusal | undefined {
  const denied = deniedTypes({ role, eventTypes });
  if (denied.length > 0) {
    return { code: 'FORBIDDEN', detail: `eventTypes: ${denied.join(', ')} can be had by operators only.` };
  }
  if (url === undefined) return undefined;
  const verdict = urlPolicy(url);
  return verdict.allowed ? undefined : { code: 'URL_NOT_ALLOWED', detail: verdict.problem };
}
