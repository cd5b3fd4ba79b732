import {
  type Caller,
  MAX_TIMELINE_ENTRIES,
  MAX_TIMELINE_EVENT_IDS,
  newId,
  type OrderTimeline,
  type TimelineEntry,
  type TimelinePart,
  type TimelineService,
} from '@holdfast/contracts';
import { type Logger, messageOf } from '@holdfast/platform';
import { type Backend, type Origin } from '../../backend.js';
import { mergedTimeline } from './merge-timeline.js';

const NOTHING: TimelinePart = { entries: [], truncated: false };

/** Puts together what the services know of an order. */
export class ShowTimeline {
  constructor(
    private readonly backend: Pick<Backend, 'ask'>,
    /** For parts that the timeline can do without: less patience than for the rest. */
    private readonly impatient: Pick<Backend, 'ask'>,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {}

  /**
   * Only orders-service has to answer: it knows whose order it is.
   *
   * @throws ProblemError as {@link Backend.ask} does for `orders.timeline`, ORDER_NOT_FOUND among it.
   */
  async execute(caller: Caller, orderId: string, origin: Origin): Promise<OrderTimeline> {
    const incomplete: TimelineService[] = [];
    const partOf = (service: TimelineService, answer: Promise<TimelinePart>): Promise<TimelinePart> =>
      answer.catch((error: unknown) => {
        this.logger.warn({ orderId, service, reason: messageOf(error) }, 'a timeline lacks a part');
        incomplete.push(service);
        return NOTHING;
      });
    // An id belongs to one request in flight.
    const another = (): Origin => ({ ...origin, requestId: newId() });
    const [orders, products] = await Promise.all([
      this.backend.ask('orders.timeline', { caller, orderId }, origin),
      partOf('products', this.impatient.ask('products.timeline', { caller, orderId }, another())),
    ]);
    const eventIds = eventsIn([...orders.entries, ...products.entries]);
    const webhooks = await partOf('webhooks', this.impatient.ask('webhooks.timeline', { caller, eventIds }, another()));
    return { ...whole([orders, products, webhooks]), incomplete };
  }
}

function whole(parts: readonly TimelinePart[]): Pick<OrderTimeline, 'data' | 'truncated'> {
  const data = mergedTimeline(parts.map(({ entries }) => entries));
  const truncated = data.length > MAX_TIMELINE_ENTRIES || parts.some((part) => part.truncated);
  return { data: data.slice(0, MAX_TIMELINE_ENTRIES), truncated };
}

/** Ids of the events that subscribers may have been told of: also of those that only their effects tell of. */
function eventsIn(entries: readonly TimelineEntry[]): string[] {
  const events = entries.filter(({ kind }) => kind === 'event');
  const ids = events.flatMap(({ id, causedBy }) => (causedBy === null ? [id] : [id, causedBy]));
  return [...new Set(ids)].slice(0, MAX_TIMELINE_EVENT_IDS);
}
