import { type AttemptView, type DeliveryStatus } from '@holdfast/contracts';
import { type Queries, type SqlValue } from '@holdfast/platform';
import { type DeliveryFilter, type DeliveryReader, type FoundDeliveries } from '../app/owner.ports.js';
import { type DeliveryRecord } from '../app/ports.js';
import { attemptsOf, DELIVERY_COLUMNS, deliveryById } from './delivery.row.js';

// One that waits for its turn is pending to whoever asks.
const STATUS: Record<DeliveryStatus, string> = {
  pending: "status IN ('pending', 'waiting')",
  delivered: "status = 'delivered'",
  dead: "status = 'dead'",
  failed: "status = 'failed'",
};

// Statuses with an index of their own, in the order of ids.
const INDEXED: readonly (DeliveryStatus | undefined)[] = ['dead', 'failed'];

/** At most some 6 µs each on SQLite, which works on the event loop: 12 ms of a page that finds nothing. */
export const MOST_SEEN = 2_000;

// Of a webhook that is well next to nothing is open, and these two indexes hold nothing else. That all are due after 0, and
// have a subject, makes SQLite read them instead of the whole history.
const OPEN = `
  SELECT id FROM (
    SELECT id FROM deliveries WHERE subscription_id = ? AND status = 'pending' AND due_at > 0 LIMIT ${MOST_SEEN + 1})
    AS pending
  UNION ALL
  SELECT id FROM (
    SELECT id FROM deliveries WHERE subscription_id = ? AND status = 'waiting' AND subject > '' LIMIT ${MOST_SEEN + 1})
    AS waiting`;

/** Conditions of a WHERE with their parameters. */
class Conditions {
  private readonly texts: string[] = [];
  readonly params: SqlValue[] = [];

  and(text: string, ...params: SqlValue[]): this {
    this.texts.push(text);
    this.params.push(...params);
    return this;
  }

  toString(): string {
    return this.texts.join(' AND ');
  }
}

/** Deliveries in plain SQL, on the connections that only read. */
export class SqlDeliveryReader implements DeliveryReader {
  constructor(private readonly queries: Queries) {}

  find(id: string): Promise<DeliveryRecord | undefined> {
    return deliveryById(this.queries, id);
  }

  /**
   * Walks an index of (subscription_id, id) backwards from the cursor: every page costs what the first does, and one whose
   * filter no index serves sees {@link MOST_SEEN} deliveries at most.
   */
  async list(filter: DeliveryFilter, limit: number): Promise<FoundDeliveries> {
    const { subscriptionId, status, eventType } = filter;
    const few = status === 'pending' ? await this.openOnes(subscriptionId) : undefined;
    if (few?.length === 0) return { deliveries: [], seenTo: undefined };
    const unserved = (status !== undefined && !INDEXED.includes(status)) || eventType !== undefined;
    const seenTo = unserved && !few ? await this.endOfLook(filter) : undefined;
    // In place of the range's own bound: of two SQLite would seek by one only, maybe by the one that is far away.
    const walked =
      seenTo === undefined ? walkOf(filter) : walkOf({ ...filter, afterId: undefined }).and('id >= ?', seenTo);
    if (few) walked.and(`id IN (${few.map(() => '?').join(', ')})`, ...few);
    if (status !== undefined && !INDEXED.includes(status)) walked.and(STATUS[status]);
    if (eventType !== undefined) walked.and('event_type = ?', eventType);
    const sql = `SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE ${walked} ORDER BY id DESC LIMIT ?`;
    return { deliveries: await this.queries.all<DeliveryRecord>(sql, [...walked.params, limit]), seenTo };
  }

  attemptsOf(id: string): Promise<AttemptView[]> {
    return attemptsOf(this.queries, id);
  }

  async dataOf(eventId: string): Promise<Record<string, unknown>> {
    const [payload] = await this.queries.all<{ data: string }>('SELECT data FROM payloads WHERE event_id = ?', [
      eventId,
    ]);
    if (!payload) throw new Error(`event ${eventId} has deliveries and no payload`);
    return JSON.parse(payload.data) as Record<string, unknown>;
  }

  /** The ids of all that is open; undefined where these are too many. */
  private async openOnes(subscriptionId: string): Promise<string[] | undefined> {
    const open = await this.queries.all<{ id: string }>(OPEN, [subscriptionId, subscriptionId]);
    return open.length <= MOST_SEEN ? open.map(({ id }) => id) : undefined;
  }

  private async endOfLook(filter: DeliveryFilter): Promise<string | undefined> {
    const walked = walkOf(filter);
    const sql = `SELECT id FROM deliveries WHERE ${walked} ORDER BY id DESC LIMIT 1 OFFSET ?`;
    const [end] = await this.queries.all<{ id: string }>(sql, [...walked.params, MOST_SEEN - 1]);
    return end?.id;
  }
}

/** What an index finds without looking at anything else. */
function walkOf({ subscriptionId, status, afterId, beforeId }: DeliveryFilter): Conditions {
  const walk = new Conditions().and('subscription_id = ?', subscriptionId);
  if (status !== undefined && INDEXED.includes(status)) walk.and(STATUS[status]);
  if (afterId !== undefined) walk.and('id > ?', afterId);
  if (beforeId !== undefined) walk.and('id < ?', beforeId);
  return walk;
}
