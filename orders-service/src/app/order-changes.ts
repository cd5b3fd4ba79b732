import { type OrderChange, orderChangeTypeSchema, orderStatusSchema } from '@holdfast/contracts';
import { type StreamEvent } from '@holdfast/messaging';

/**
 * The changes in an order's log, oldest first. Every event of the order itself raises its version by one; the commands
 * that stand between them are no changes of it.
 */
export function changesIn(events: readonly StreamEvent[]): OrderChange[] {
  const changes: OrderChange[] = [];
  for (const { type, data, occurredAt } of events) {
    const change = orderChangeTypeSchema.safeParse(type);
    if (!change.success) continue;
    changes.push({
      version: changes.length + 1,
      type: change.data,
      status: orderStatusSchema.parse(data.status),
      at: new Date(occurredAt).toISOString(),
      data,
    });
  }
  return changes;
}
