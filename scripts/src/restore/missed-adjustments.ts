import { type StockAdjusted } from '@holdfast/contracts';
import { type Queries } from '@holdfast/platform';

interface Adjustment {
  id: string;
  /** Who reads it sees what it was; two that are equal are known by it. */
  text: string;
  /** Unix milliseconds. */
  at: number;
}

interface EventRow {
  id: string;
  data: string;
  at: number;
}

const KEPT = "SELECT event_id AS id, data, occurred_at AS at FROM payloads WHERE type = 'product.stockAdjusted'";
const KNOWN = "SELECT id, payload AS data, occurred_at AS at FROM events WHERE type = 'product.stockAdjusted'";

/** Adjustments that webhook-publisher keeps and products-service does not know, a sentence each, oldest first. */
export async function missedAdjustments(products: Queries, webhooks: Queries): Promise<string[]> {
  const kept = await adjustmentsIn(webhooks, `${KEPT} ORDER BY occurred_at`);
  const known = await adjustmentsIn(products, `${KNOWN} ORDER BY position`);
  return notEnteredAgain(kept, known).map(({ text }) => `${text} is to be entered again`);
}

/** Those whose event is not known, unless an equal one was made later; each of these stands for one. */
export function notEnteredAgain(kept: readonly Adjustment[], known: readonly Adjustment[]): Adjustment[] {
  const ids = new Set(known.map(({ id }) => id));
  const later = [...known];
  return kept.filter(({ id, text, at }) => {
    if (ids.has(id)) return false;
    const again = later.findIndex((other) => other.text === text && other.at > at);
    if (again >= 0) later.splice(again, 1);
    return again < 0;
  });
}

async function adjustmentsIn(queries: Queries, sql: string): Promise<Adjustment[]> {
  const rows = await queries.all<EventRow>(sql);
  return rows.map(({ id, data, at }) => {
    const { sku, delta, reason } = JSON.parse(data) as StockAdjusted;
    return { id, at: Number(at), text: `${sku} ${delta > 0 ? '+' : ''}${delta} (${reason})` };
  });
}
