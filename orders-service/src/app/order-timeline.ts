import { contractOf, type TimelineEntry, timeOfId } from '@holdfast/contracts';
import { type StreamEvent } from '@holdfast/messaging';

type Data = Readonly<Record<string, unknown>>;

/** The requests that begin something, by the event that they end in. */
const REQUESTS: Record<string, { type: string; said: (data: Data) => Data }> = {
  'order.created': {
    type: 'orders.create',
    said: ({ clientId, items, reference }) => ({ clientId, items, reference }),
  },
  'order.cancelled': { type: 'orders.cancel', said: () => ({}) },
};

/** What is said of each event and command; what callers know from the order itself is left out. */
const SAID: Record<string, (data: Data) => Data> = {
  'order.created': ({ status }) => ({ status }),
  'order.confirmed': ({ status, total }) => ({ status, total }),
  'order.rejected': ({ status, reason, detail }) => ({ status, reason, detail }),
  'order.cancelled': ({ status, previousStatus }) => ({ status, previousStatus }),
  'product.reserveStock': ({ items }) => ({ items }),
};

/** An order's log as a part of its timeline, with the requests that its events come from. */
export function timelineOf(events: readonly StreamEvent[]): TimelineEntry[] {
  return events.flatMap((event) => {
    const request = requestBehind(event);
    return request ? [request, entryOf(event)] : [entryOf(event)];
  });
}

function requestBehind({ type, data, causationId, occurredAt }: StreamEvent): TimelineEntry | undefined {
  const request = REQUESTS[type];
  if (!request) return undefined;
  return {
    // The gateway makes the id as the request arrives; one that was published by hand may have any.
    at: new Date(timeOfId(causationId) ?? occurredAt).toISOString(),
    service: 'gateway',
    kind: 'request',
    type: request.type,
    id: causationId,
    causedBy: null,
    data: request.said(data),
  };
}

const entryOf = ({ id, type, data, causationId, occurredAt }: StreamEvent): TimelineEntry => ({
  at: new Date(occurredAt).toISOString(),
  service: 'orders',
  kind: contractOf(type)?.kind === 'event' ? 'event' : 'message',
  type,
  id,
  causedBy: causationId,
  data: SAID[type]?.(data) ?? {},
});
