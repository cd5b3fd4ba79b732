import { accepted, type ListWebhooks, type Reply, type WebhookPage } from '@holdfast/contracts';
import { viewOf } from '../domain/subscription.js';
import { idOf } from './id-cursor.js';
import { type SubscriptionReader } from './owner.ports.js';
import { badCursor, pageOf } from './page.js';

/** A client's subscriptions, or for an operator everyone's, newest first, page by page. */
export class ListSubscriptions {
  constructor(private readonly subscriptions: SubscriptionReader) {}

  /** @returns the page, or VALIDATION_FAILED when the cursor is none that a page gave. */
  async execute({ caller, limit, cursor }: ListWebhooks): Promise<Reply<WebhookPage>> {
    const before = cursor === undefined ? undefined : idOf(cursor);
    if (cursor !== undefined && before === undefined) return badCursor();
    const clientId = caller.role === 'operator' ? undefined : caller.clientId;
    const found = await this.subscriptions.list(clientId, before, limit + 1);
    return accepted(pageOf(found, limit, viewOf));
  }
}
