import {
  accepted,
  beforeIdsOf,
  behindIdsOf,
  type ReplayResult,
  type ReplayWebhook,
  type Reply,
  refused,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction } from '@holdfast/platform';
import { isReplayed } from '../domain/replay.js';
import { actOf, noWebhook, ownSubscription } from './own-subscription.js';
import { type AuditTrail, type Replay, type ReplayRepository } from './owner.ports.js';
import { type Clock, type SubscriptionRepository } from './ports.js';

/**
 * Counts the deliveries of a span of time, both ends included, and unless that is all has them sent again. They may be
 * millions: what is stored here is what to do, and {@link WorkOffReplays} does it in pieces.
 */
export class ReplayDeliveries {
  constructor(
    private readonly subscriptions: SubscriptionRepository,
    private readonly replays: ReplayRepository,
    private readonly audit: AuditTrail,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  async execute(tx: Transaction, request: ReplayWebhook, origin: MessageOrigin): Promise<Reply<ReplayResult>> {
    const { caller, webhookId, from, to, dryRun = false } = request;
    if (!(await ownSubscription(tx, this.subscriptions, caller, webhookId))) return noWebhook(webhookId);
    if (Date.parse(from) > Date.parse(to)) return refused('VALIDATION_FAILED', 'from: must not be after to');
    const act = actOf('replay', caller, webhookId, origin);
    const earlier = dryRun ? undefined : await this.audit.find(tx, act);
    if (earlier) return accepted({ deliveries: Number(earlier.deliveries), dryRun });

    const now = this.clock.now();
    const replay = replayOf(request, act.id, now);
    const tallies = await this.replays.tally(tx, replay);
    const deliveries = tallies
      .filter((tally) => isReplayed(tally, replay))
      .reduce((sum, tally) => sum + tally.deliveries, 0);
    if (!dryRun) {
      const { eventTypes, onlyMissing } = replay;
      if (deliveries > 0) await this.replays.insert(tx, replay);
      await this.audit.enter(tx, act, { from, to, eventTypes, onlyMissing, deliveries }, now);
    }
    return accepted({ deliveries, dryRun });
  }
}

function replayOf(request: ReplayWebhook, id: string, now: number): Replay {
  const { webhookId, from, to, eventTypes = ['*'], onlyMissing = false } = request;
  // What is delivered while the replay is worked off is not part of it, whatever its end.
  const until = Math.min(Date.parse(to), now);
  return {
    id,
    subscriptionId: webhookId,
    eventTypes,
    onlyMissing,
    afterId: beforeIdsOf(Date.parse(from)),
    untilId: behindIdsOf(until),
  };
}
