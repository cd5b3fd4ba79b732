import { type WebhookSettings } from '@holdfast/contracts';
import { withoutRepeats } from './new-subscription.js';
import { type Subscription } from './subscription.js';

type Wish = { [K in keyof WebhookSettings]?: WebhookSettings[K] | undefined };

/** What an owner's act changes; nothing that is so already. */
export type OwnerChanges = Partial<
  Pick<
    Subscription,
    | 'url'
    | 'description'
    | 'eventTypes'
    | 'ordering'
    | 'maxPerSecond'
    | 'enabled'
    | 'disabledReason'
    | 'failingSince'
    | 'heldUntil'
  >
>;

// Whoever says that the endpoint is there again, or is another now, has what was held against it forgotten.
const FORGOTTEN = { failingSince: null, heldUntil: null };

const ENABLED = { enabled: true, disabledReason: null, ...FORGOTTEN };

export const enabling = (subscription: Subscription): OwnerChanges => differing(subscription, ENABLED);

/** One that is disabled already keeps its reason. */
export const disabling = ({ enabled }: Subscription): OwnerChanges =>
  enabled ? { enabled: false, disabledReason: 'REQUESTED' } : {};

export function changesAsked(subscription: Subscription, wish: Wish): OwnerChanges {
  const { enabled, eventTypes, ...plain } = wish;
  const said = differing(subscription, {
    ...plain,
    ...(eventTypes && { eventTypes: withoutRepeats(eventTypes) }),
  });
  return {
    ...said,
    ...(said.url !== undefined && differing(subscription, FORGOTTEN)),
    ...(enabled === true && enabling(subscription)),
    ...(enabled === false && disabling(subscription)),
  };
}

/** Whether the changes end a time of waiting, so that what is held goes out at once. */
export const endsWaiting = (changes: OwnerChanges): boolean =>
  changes.enabled === true || changes.failingSince === null || changes.heldUntil === null;

function differing(
  subscription: Subscription,
  wanted: { [K in keyof OwnerChanges]: OwnerChanges[K] | undefined },
): OwnerChanges {
  const differs = ([field, value]: [string, unknown]): boolean =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(subscription[field as keyof Subscription]);
  return Object.fromEntries(Object.entries(wanted).filter(differs));
}
