import { type AttemptView, type DeliveryStatus } from '@holdfast/contracts';
import { type Queries, type SqlValue } from '@holdfast/platform';
import { type DeliveryFilter, type DeliveryReader } from '../app/owner.ports.js';
import { type DeliveryRecord } from '../app/ports.js';
import { attemptsOf, DELIVERY_COLUMNS, deliveryById } from './delivery.row.js';

// One that waits for its turn is pending to whoever asks.
const STATUS: Record<DeliveryStatus, string> = {
  pending: "status IN ('pending', 'waiting')",
  delivered: "status = 'delivered'",
  dead: "status = 'dead'",
  failed: "status = 'failed'",
};

/** Deliveries in plain SQL, on the connections that only read. */
export class SqlDeliveryReader implements DeliveryReader {
  constructor(private readonly queries: Queries) {}

  find(id: string): Promise<DeliveryRecord | undefined> {
    return deliveryById(this.queries, id);
  }

  /** Walks the index of (subscription_id, id) backwards from the cursor: every page costs what the first does. */
  list({ subscriptionId, status, eventType, afterId, beforeId }: DeliveryFilter, limit: number) {
    const conditions = ['subscription_id = ?'];
    const params: SqlValue[] = [subscriptionId];
    const demand = (condition: string, value: string): void => {
      conditions.push(condition);
      params.push(value);
    };
    if (afterId !== undefined) demand('id > ?', afterId);
    if (beforeId !== undefined) demand('id < ?', beforeId);
    if (eventType !== undefined) demand('event_type = ?', eventType);
    if (status !== undefined) conditions.push(STATUS[status]);
    const sql = `SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`;
    return this.queries.all<DeliveryRecord>(sql, [...params, limit]);
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
}
