import { beforeIdsOf, behindIdsOf, type WebhookEventType } from '@holdfast/contracts';
import { type Queries, type SqlValue } from '@holdfast/platform';
import { type AttemptHistory, type EventAttempt } from '../app/history.ports.js';

// When the event was taken. Its inbox row is pruned with the finished deliveries of its time; the event's own time then
// serves for those that are left.
const TAKEN = `
  SELECT p.type, p.deliveries, coalesce(i.processed_at, p.occurred_at) AS "takenAt"
  FROM payloads p LEFT JOIN inbox i ON i.message_id = p.event_id WHERE p.event_id = ?`;

// The deliveries of an event are stored one after the other, in the transaction that stores its inbox row. So their ids
// begin with the time of that row, and a short walk along the primary key finds them: it ends with the last of them. An
// index by event would be paid for by every delivery there is.
const ATTEMPTS = `
  SELECT d.id AS "deliveryId", d.subscription_id AS "subscriptionId", d.status AS "deliveryStatus",
    a.number, a.at, a.duration_ms AS "durationMs", a.status, a.error, a.detail
  FROM (
    SELECT id, subscription_id, status FROM deliveries WHERE id > ? AND id < ? AND event_id = ? ORDER BY id LIMIT ?
  ) d
  JOIN subscriptions s ON s.id = d.subscription_id AND s.deleted_at IS NULL
  JOIN attempts a ON a.delivery_id = d.id`;

const OWN = " WHERE s.client_id = ? AND s.role = 'client'";
const OLDEST = ' ORDER BY a.at, d.id, a.number LIMIT ?';

// The clock may have been set back between the row and the deliveries, and a transaction of PostgreSQL may have waited for
// another between the two.
const BEFORE_MS = 1_000;
const AFTER_MS = 60_000;

/** Attempts in plain SQL, on the connections that only read. */
export class SqlAttemptHistory implements AttemptHistory {
  constructor(private readonly queries: Queries) {}

  async of(eventId: string, clientId: string | undefined, limit: number): Promise<EventAttempt[]> {
    const [event] = await this.queries.all<{ type: WebhookEventType; deliveries: number; takenAt: number }>(TAKEN, [
      eventId,
    ]);
    if (!event) return [];
    const [from, to] = [beforeIdsOf(event.takenAt - BEFORE_MS), behindIdsOf(event.takenAt + AFTER_MS)];
    const own: SqlValue[] = clientId === undefined ? [] : [clientId];
    const rows = await this.queries.all<Omit<EventAttempt, 'eventId' | 'eventType'>>(
      `${ATTEMPTS}${own.length > 0 ? OWN : ''}${OLDEST}`,
      [from, to, eventId, event.deliveries, ...own, limit],
    );
    return rows.map((row) => ({ ...row, eventId, eventType: event.type }));
  }
}
