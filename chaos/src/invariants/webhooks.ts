import { groupedBy, type ReceivedCallback } from '@holdfast/testing';
import { type DeliveryRow, type EventRow } from '../books/books.js';
import { type Endpoint } from '../stand/subscribers.js';
import { ATTEMPTS } from '../stand/webhook-retries.js';
import { type Evidence, firstOf, type Invariant } from './invariant.js';

/** Whoever subscribed has learned of everything. */
export const webhooks: Invariant = {
  letter: 'W',
  promise: 'every event reached every subscriber at least once with one id, in order per subject, or is rightly dead',
  violations: (evidence) => [
    ...(evidence.forged > 0 ? [`${evidence.forged} callbacks had a wrong signature`] : []),
    ...[...evidence.accepted].flatMap(([endpoint, callbacks]) => wrongAt(endpoint, callbacks, evidence)),
  ],
};

/** What a client is told of its orders and webhooks; the rest of the logs are commands and what concerns operators. */
const TOLD_TO_CLIENTS = [
  'order.created',
  'order.confirmed',
  'order.rejected',
  'order.cancelled',
  'product.stockReserved',
  'product.stockReleased',
  'webhook.disabled',
];

const TOLD: Record<Endpoint, ReadonlySet<string>> = {
  '/steady': new Set(TOLD_TO_CLIENTS),
  '/flaky': new Set(TOLD_TO_CLIENTS),
  '/operator': new Set([...TOLD_TO_CLIENTS, 'product.stockAdjusted', 'product.stockLow']),
};

function wrongAt(endpoint: Endpoint, callbacks: readonly ReceivedCallback[], evidence: Evidence): string[] {
  const { orderEvents, productEvents, webhookEvents } = evidence.books;
  const events = [...orderEvents, ...productEvents, ...webhookEvents].filter(({ type }) => TOLD[endpoint].has(type));
  const { deserved, undeserved } = deadOf(endpoint, evidence);
  const firsts = firstArrivals(callbacks);
  return [
    ...firstOf(undeserved),
    ...missing(endpoint, events, firsts, new Set(deserved.map(({ eventId }) => eventId))),
    ...unknown(endpoint, events, firsts),
    ...disordered(endpoint, firsts, new Set(deserved.map(({ subject }) => subject))),
    ...overtaken(endpoint, firsts, orderEvents),
  ];
}

/**
 * What is given up: with good reason where the endpoint itself has refused it as often as it has to be tried, so never at
 * the one that takes everything.
 */
function deadOf(endpoint: Endpoint, { books, webhookIds, refused }: Evidence) {
  const webhookId = webhookIds.get(endpoint);
  const given = books.deliveries.filter((row) => row.webhookId === webhookId && GIVEN_UP.has(row.status));
  const timesRefused = ({ eventId }: DeliveryRow): number => refused.get(endpoint)?.get(eventId) ?? 0;
  const undeserved = given.filter((row) => timesRefused(row) < ATTEMPTS);
  return {
    deserved: given.filter((row) => timesRefused(row) >= ATTEMPTS),
    undeserved: undeserved.map(
      (row) =>
        `${row.eventId} of ${row.subject} was given up, which ${endpoint} refused ${timesRefused(row)} times of ${ATTEMPTS}`,
    ),
  };
}

const GIVEN_UP: ReadonlySet<DeliveryRow['status']> = new Set(['dead', 'failed']);

/** Each event once, where it came first. */
function firstArrivals(callbacks: readonly ReceivedCallback[]): Map<string, ReceivedCallback> {
  const firsts = new Map<string, ReceivedCallback>();
  for (const callback of callbacks) if (!firsts.has(callback.id)) firsts.set(callback.id, callback);
  return firsts;
}

const missing = (
  endpoint: Endpoint,
  events: readonly EventRow[],
  firsts: ReadonlyMap<string, ReceivedCallback>,
  dead: ReadonlySet<string>,
): string[] =>
  firstOf(
    events.flatMap(({ id, type, streamId }) =>
      firsts.has(id) || dead.has(id) ? [] : [`${endpoint} never got ${type} ${id} of ${streamId}`],
    ),
  );

function unknown(
  endpoint: Endpoint,
  events: readonly EventRow[],
  firsts: ReadonlyMap<string, ReceivedCallback>,
): string[] {
  const known = new Set(events.map(({ id }) => id));
  const strange = [...firsts.values()].filter(({ id, type }) => TOLD[endpoint].has(type) && !known.has(id));
  return firstOf(strange.map(({ id, type }) => `${endpoint} got ${type} ${id}, which has never happened`));
}

/** Sequences of a subject begin with 1 and leave nothing out, unless something of it is dead. */
function disordered(
  endpoint: Endpoint,
  firsts: ReadonlyMap<string, ReceivedCallback>,
  dead: ReadonlySet<string>,
): string[] {
  const bySubject = groupedBy([...firsts.values()], ({ subject }) => subject);
  return firstOf(
    [...bySubject].flatMap(([subject, callbacks]) => {
      const numbers = callbacks.map(({ sequence }) => sequence);
      const rising = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
      const whole = numbers.at(-1) === numbers.length || dead.has(subject);
      return rising && whole ? [] : [`${endpoint} got ${subject} as ${numbers.join(', ')}`];
    }),
  );
}

/** The order's own events came as they happened. */
function overtaken(
  endpoint: Endpoint,
  firsts: ReadonlyMap<string, ReceivedCallback>,
  orderEvents: readonly EventRow[],
): string[] {
  const versions = new Map(orderEvents.map(({ id, version }) => [id, version]));
  const newest = new Map<string, number>();
  const wrong: string[] = [];
  for (const { id, type, subject } of firsts.values()) {
    const version = versions.get(id);
    if (version === undefined) continue;
    if (version < (newest.get(subject) ?? 0)) wrong.push(`${endpoint} got ${type} of ${subject} after a later event`);
    else newest.set(subject, version);
  }
  return firstOf(wrong);
}
