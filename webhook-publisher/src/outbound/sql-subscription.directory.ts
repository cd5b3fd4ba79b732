import { type Ordering, type WebhookEventType } from '@holdfast/contracts';
import { type Transaction } from '@holdfast/platform';
import { type StoredSubscription, type SubscriptionDirectory } from '../app/ports.js';
import { receives } from '../domain/subscription.js';
import { SUBSCRIPTION_COLUMNS, type SubscriptionRow, subscriptionOf } from './subscription.row.js';

const STATE = 'SELECT token FROM subscriptions_state';
const ALL = `SELECT ${SUBSCRIPTION_COLUMNS} FROM subscriptions WHERE deleted_at IS NULL ORDER BY id`;

/**
 * Remembers the subscriptions and asks, for every event, only whether they are still the same. The token is random: what
 * was read in a transaction that was rolled back is never taken for what was committed.
 */
export class SqlSubscriptionDirectory implements SubscriptionDirectory {
  private token: string | undefined;
  private operators: StoredSubscription[] = [];
  private readonly byClient = new Map<string, StoredSubscription[]>();

  async receiversOf(
    tx: Transaction,
    type: WebhookEventType,
    owner: string | null,
  ): Promise<readonly { id: string; ordering: Ordering }[]> {
    await this.refresh(tx);
    const candidates = [...this.operators, ...((owner !== null && this.byClient.get(owner)) || [])];
    const receivers = candidates.filter((subscription) => receives(subscription, type, owner));
    // In one order everywhere, so that two transactions never wait for each other's subjects.
    return receivers.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  private async refresh(tx: Transaction): Promise<void> {
    const state = await tx.get<{ token: string }>(STATE);
    if (state && state.token === this.token) return;
    const subscriptions = (await tx.all<SubscriptionRow>(ALL)).map(subscriptionOf);
    this.operators = subscriptions.filter(({ role }) => role === 'operator');
    this.byClient.clear();
    for (const subscription of subscriptions) {
      if (subscription.role === 'operator') continue;
      this.byClient.set(subscription.clientId, [...(this.byClient.get(subscription.clientId) ?? []), subscription]);
    }
    this.token = state?.token;
  }
}
