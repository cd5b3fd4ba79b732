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
import { type Transaction, type UnitOfWork } from '@holdfast/platform';
import { mayManage } from '../domain/ownership.js';
import { isReplayed } from '../domain/replay.js';
import { type AnswerOnce, type Asked, askedFor } from './answer-once.js';
import { actOf, noWebhook, ownSubscription } from './own-subscription.js';
import {
  type AuditTrail,
  type DeliveryCounter,
  type Replay,
  type ReplayRepository,
  type SubscriptionReader,
} from './owner.ports.js';
import { type Clock, type SubscriptionRepository } from './ports.js';

export interface ReplayDeliveriesParts {
  unitOfWork: UnitOfWork;
  reader: SubscriptionReader;
  counter: DeliveryCounter;
  subscriptions: SubscriptionRepository;
  replays: ReplayRepository;
  audit: AuditTrail;
  once: AnswerOnce;
  clock: Pick<Clock, 'now'>;
}

/**
 * Counts the deliveries of a span of time, both ends included, and unless that is all has them sent again. They may be
 * millions: they are counted in no transaction, which would keep every other one waiting, and what is stored is what to
 * do, which {@link WorkOffReplays} does in pieces.
 */
export class ReplayDeliveries {
  constructor(private readonly parts: ReplayDeliveriesParts) {}

  async execute(request: ReplayWebhook, origin: MessageOrigin): Promise<Reply<ReplayResult>> {
    const asked = askedFor('replay', request, origin);
    return (await this.earlier(asked)) ?? this.replay(request, origin, asked);
  }

  /** Looked for before anything is counted, which may take long. */
  private async earlier(asked: Asked): Promise<Reply<ReplayResult> | undefined> {
    const { unitOfWork, once } = this.parts;
    return asked.key === undefined ? undefined : unitOfWork.run((tx) => once.earlier<ReplayResult>(tx, asked));
  }

  private async replay(request: ReplayWebhook, origin: MessageOrigin, asked: Asked): Promise<Reply<ReplayResult>> {
    const { caller, webhookId, from, to, dryRun = false } = request;
    const { reader, counter, unitOfWork, once, clock } = this.parts;
    const subscription = await reader.find(webhookId);
    if (!subscription || !mayManage(caller, subscription)) return noWebhook(webhookId);
    if (Date.parse(from) > Date.parse(to)) return refused('VALIDATION_FAILED', 'from: must not be after to');
    const replay = replayOf(request, actOf('replay', caller, webhookId, origin).id, clock.now());
    const deliveries = (await counter.tally(replay))
      .filter((tally) => isReplayed(tally, replay))
      .reduce((sum, tally) => sum + tally.deliveries, 0);
    if (dryRun && asked.key === undefined) return accepted({ deliveries, dryRun });
    return once.executeIn(unitOfWork, asked, async (tx) =>
      dryRun ? accepted({ deliveries, dryRun }) : this.store(tx, request, origin, { replay, deliveries }),
    );
  }

  private async store(
    tx: Transaction,
    { caller, webhookId, from, to }: ReplayWebhook,
    origin: MessageOrigin,
    { replay, deliveries }: { replay: Replay; deliveries: number },
  ): Promise<Reply<ReplayResult>> {
    const { subscriptions, replays, audit, clock } = this.parts;
    if (!(await ownSubscription(tx, subscriptions, caller, webhookId))) return noWebhook(webhookId);
    const act = actOf('replay', caller, webhookId, origin);
    const earlier = await audit.find(tx, act);
    if (earlier) return accepted({ deliveries: Number(earlier.deliveries), dryRun: false });
    const { eventTypes, onlyMissing } = replay;
    if (deliveries > 0) await replays.insert(tx, replay);
    await audit.enter(tx, act, { from, to, eventTypes, onlyMissing, deliveries }, clock.now());
    return accepted({ deliveries, dryRun: false });
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
