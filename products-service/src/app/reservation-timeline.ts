import { type StockReleased, type StockReserved, type TimelineEntry } from '@holdfast/contracts';
import { type StreamEvent } from '@holdfast/messaging';

interface MovedLine {
  productId: string;
  sku: string;
  quantity: number;
}

type Movement = 'reserve' | 'release';

/**
 * The log of a reservation as a part of its order's timeline. Stock movements are told from the events, which list what
 * was moved and were written in the transaction that moved it: to find the ledger's own rows by order would take an index
 * that every reservation pays for.
 *
 * @param low what the reservation made low: written after the movements and before the outcome, all in one transaction.
 */
export function timelineOf(events: readonly StreamEvent[], low: readonly StreamEvent[] = []): TimelineEntry[] {
  return events.flatMap((event) => {
    const between = event.type === 'product.stockReserved' ? low : [];
    return [...movementsOf(event), ...between.map(entryOf), entryOf(event)];
  });
}

function movementsOf({ type, data, ...event }: StreamEvent): TimelineEntry[] {
  if (type === 'product.stockReleased') {
    return movementEntries('release', (data as unknown as StockReleased).items, event);
  }
  const outcome = data as unknown as StockReserved;
  if (type !== 'product.stockReserved' || !outcome.reserved) return [];
  return movementEntries('reserve', outcome.items, event);
}

/** One movement per product, in order of id, as the ledger has them. */
function movementEntries(
  type: Movement,
  lines: readonly MovedLine[],
  { id, causationId, occurredAt }: Pick<StreamEvent, 'id' | 'causationId' | 'occurredAt'>,
): TimelineEntry[] {
  const byProduct = new Map<string, MovedLine>();
  for (const { productId, sku, quantity } of lines) {
    const before = byProduct.get(productId)?.quantity ?? 0;
    byProduct.set(productId, { productId, sku, quantity: before + quantity });
  }
  const moved = [...byProduct.values()].sort((a, b) => (a.productId < b.productId ? -1 : 1));
  return moved.map(({ productId, sku, quantity }) => ({
    at: new Date(occurredAt).toISOString(),
    service: 'products',
    kind: 'stock-movement',
    type,
    id: `${id}/${productId}`,
    causedBy: causationId,
    data: { productId, sku, ...changesBy(type, quantity) },
  }));
}

const changesBy = (type: Movement, quantity: number): { available: number; reserved: number } =>
  type === 'reserve' ? { available: -quantity, reserved: quantity } : { available: quantity, reserved: -quantity };

const entryOf = ({ id, type, data, causationId, occurredAt }: StreamEvent): TimelineEntry => ({
  at: new Date(occurredAt).toISOString(),
  service: 'products',
  kind: 'event',
  type,
  id,
  causedBy: causationId,
  data: saidOf(type, data),
});

/** What is said of an event beside the movements that came with it. */
function saidOf(type: string, data: Record<string, unknown>): Record<string, unknown> {
  const { productId, sku, available, threshold, reserved, reason, detail, total } = data;
  if (type === 'product.stockLow') return { productId, sku, available, threshold };
  if (type !== 'product.stockReserved') return {};
  return reserved === true ? { reserved, total } : { reserved, reason, detail };
}
