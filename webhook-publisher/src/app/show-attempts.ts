import {
  accepted,
  MAX_TIMELINE_ENTRIES,
  type OfEventsTimeline,
  type Reply,
  type TimelineEntry,
  type TimelinePart,
} from '@holdfast/contracts';
import { type AttemptHistory, type EventAttempt } from './history.ports.js';

/** The attempts to tell the caller's webhooks of events: a client's own, or, for an operator, everyone's. */
export class ShowAttempts {
  constructor(private readonly history: AttemptHistory) {}

  /** @returns the oldest of them, as many as a timeline may have entries. */
  async execute({ caller, eventIds }: OfEventsTimeline): Promise<Reply<TimelinePart>> {
    const clientId = caller.role === 'operator' ? undefined : caller.clientId;
    const found: EventAttempt[] = [];
    for (const eventId of new Set(eventIds)) {
      // One more than fits tells that there are more.
      const room = MAX_TIMELINE_ENTRIES + 1 - found.length;
      if (room > 0) found.push(...(await this.history.of(eventId, clientId, room)));
    }
    const attempts = found.sort((a, b) => a.at - b.at).slice(0, MAX_TIMELINE_ENTRIES);
    return accepted({ entries: attempts.map(entryOf), truncated: found.length > MAX_TIMELINE_ENTRIES });
  }
}

function entryOf({ eventId, eventType, subscriptionId, deliveryId, at, ...attempt }: EventAttempt): TimelineEntry {
  const { deliveryStatus, number, durationMs, status, error, detail } = attempt;
  const shownStatus = deliveryStatus === 'waiting' ? 'pending' : deliveryStatus;
  return {
    at: new Date(at).toISOString(),
    service: 'webhooks',
    kind: 'webhook-attempt',
    type: eventType,
    id: `${deliveryId}/${number}`,
    causedBy: eventId,
    data: {
      ...{ webhookId: subscriptionId, deliveryId, deliveryStatus: shownStatus },
      ...{ number, durationMs, status, error, detail },
    },
  };
}
