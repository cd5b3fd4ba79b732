import { type AttemptError, type AttemptView } from '@holdfast/contracts';
import { type Queries } from '@holdfast/platform';
import { type DeliveryRecord } from '../app/ports.js';

/** What to select for a {@link DeliveryRecord}. */
export const DELIVERY_COLUMNS = `
  id, subscription_id AS "subscriptionId", event_id AS "eventId", event_type AS "eventType", subject, sequence,
  previous_event_id AS "previousEventId", status, attempts, due_at AS "dueAt", created_at AS "createdAt",
  finished_at AS "finishedAt"`;

const BY_ID = `SELECT ${DELIVERY_COLUMNS} FROM deliveries WHERE id = ?`;

const ATTEMPTS = `
  SELECT number, at, duration_ms AS "durationMs", status, error, detail, answer
  FROM attempts WHERE delivery_id = ? ORDER BY number`;

interface AttemptRow {
  number: number;
  at: number;
  durationMs: number;
  status: number | null;
  error: AttemptError | null;
  detail: string | null;
  answer: string | null;
}

export async function deliveryById(queries: Queries, id: string): Promise<DeliveryRecord | undefined> {
  const [row] = await queries.all<DeliveryRecord>(BY_ID, [id]);
  return row;
}

/** Oldest first. */
export async function attemptsOf(queries: Queries, deliveryId: string): Promise<AttemptView[]> {
  const rows = await queries.all<AttemptRow>(ATTEMPTS, [deliveryId]);
  return rows.map(({ at, ...row }) => ({ ...row, at: new Date(at).toISOString() }));
}
