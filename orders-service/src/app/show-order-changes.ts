import { accepted, type ListOrderChanges, type OrderChanges, type Reply } from '@holdfast/contracts';
import { type OrderHistory } from './history.ports.js';
import { changesIn } from './order-changes.js';
import { noOrder, ownHistory } from './own-history.js';

/** What has changed about an order since a version. */
export class ShowOrderChanges {
  constructor(private readonly history: OrderHistory) {}

  /** @returns the changes, or ORDER_NOT_FOUND. */
  async execute({ caller, orderId, afterVersion }: ListOrderChanges): Promise<Reply<OrderChanges>> {
    const events = await ownHistory(this.history, caller, orderId);
    const all = changesIn(events ?? []);
    const last = all.at(-1);
    if (!last) return noOrder(orderId);
    const changes = all.filter(({ version }) => version > afterVersion);
    return accepted({ version: last.version, status: last.status, changes });
  }
}
