import { accepted, newId, type Reply, refused, type WebhookRef, type WebhookTestResult } from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction, type UnitOfWork } from '@holdfast/platform';
import { type SubscribedEvent } from '../domain/event.js';
import { judgeAttempt } from '../domain/judge-attempt.js';
import { type Subscription } from '../domain/subscription.js';
import { deliveryViewOf } from './delivery-view.js';
import { noWebhook, ownSubscription } from './own-subscription.js';
import { type AuditTrail, type DeliveryLookup, type SendOnce, type TestDeliveryRepository } from './owner.ports.js';
import {
  type AttemptOutcome,
  type Clock,
  type DeliveryFate,
  type DeliveryRepository,
  type DeliveryWaker,
  type LeasedDelivery,
  type StoredSubscription,
  type SubscriptionRepository,
} from './ports.js';

export interface SendTestEventParts {
  unitOfWork: UnitOfWork;
  subscriptions: SubscriptionRepository;
  tests: TestDeliveryRepository;
  deliveries: DeliveryRepository;
  lookup: DeliveryLookup;
  audit: AuditTrail;
  sendOnce: SendOnce;
  waker: DeliveryWaker;
  clock: Pick<Clock, 'now'>;
}

/** Each may hold a connection and its caller for the whole deadline of an attempt. */
const MAX_UNDER_WAY = 20;

/** A quarter of them, so that one caller whose endpoints hang does not keep the others from testing. */
const MAX_OF_A_CALLER = 5;

/** As the sender's own, unless it is told another one. */
const DEADLINE_MS = 15_000;

/** Beside the deadline of the attempt, for the transaction that stores its outcome: nobody else sends the test before. */
const LEASE_MARGIN_MS = 30_000;

const MESSAGE = 'This is a test. Nothing has happened.';

type Leased = { subscription: StoredSubscription; delivery: LeasedDelivery; lease: string };

/**
 * Sends `webhook.test` to a subscription now, also to one that is disabled, and answers with the attempt. It is stored
 * like any delivery and never tried again. The sending is between two transactions, in none.
 */
export class SendTestEvent {
  /** Subscriptions being tested, by caller, so that nobody can tell, or keep from it, who tests somebody else's. */
  private readonly underWay = new Map<string, Set<string>>();
  private underWayInAll = 0;

  /** @param deadlineMs after which the sender gives an attempt up. */
  constructor(
    private readonly parts: SendTestEventParts,
    private readonly deadlineMs = DEADLINE_MS,
  ) {}

  /**
   * @returns the attempt; OVERLOADED while the caller tests this subscription already, or tests too many, or all together
   *   do.
   */
  async execute(request: WebhookRef, origin: MessageOrigin): Promise<Reply<WebhookTestResult>> {
    const { caller, webhookId } = request;
    const callerKey = `${caller.role} ${caller.clientId}`;
    const own = this.underWay.get(callerKey) ?? new Set();
    if (own.has(webhookId)) return refused('OVERLOADED', 'A test of this webhook is under way.');
    if (own.size >= MAX_OF_A_CALLER) return refused('OVERLOADED', 'Too many of your tests are under way.');
    if (this.underWayInAll >= MAX_UNDER_WAY) return refused('OVERLOADED', 'Too many tests are under way.');
    this.underWay.set(callerKey, own.add(webhookId));
    this.underWayInAll += 1;
    try {
      return await this.send(request, origin);
    } finally {
      this.underWayInAll -= 1;
      own.delete(webhookId);
      if (own.size === 0) this.underWay.delete(callerKey);
    }
  }

  private async send(request: WebhookRef, origin: MessageOrigin): Promise<Reply<WebhookTestResult>> {
    const leased = await this.parts.unitOfWork.run((tx) => this.store(tx, request, origin));
    if (!leased) return noWebhook(request.webhookId);
    const outcome = await this.parts.sendOnce(leased.subscription, leased.delivery);
    const { advanced, result } = await this.parts.unitOfWork.run((tx) => this.record(tx, leased, outcome));
    if (advanced) this.parts.waker.wake([leased.subscription.id]);
    return accepted(result);
  }

  private async store(
    tx: Transaction,
    { caller, webhookId }: WebhookRef,
    origin: MessageOrigin,
  ): Promise<Leased | undefined> {
    const { subscriptions, tests, audit, clock } = this.parts;
    const subscription = await ownSubscription(tx, subscriptions, caller, webhookId);
    if (!subscription) return undefined;
    const now = clock.now();
    const lease = newId();
    const terms = { lease, until: now + this.deadlineMs + LEASE_MARGIN_MS, now };
    const delivery = await tests.insert(tx, testOf(subscription, origin, now), webhookId, terms);
    // A question that is asked twice is answered twice, so the act has an id of its own.
    const act = { id: newId(), caller, action: 'test' as const, subscriptionId: webhookId };
    await audit.enter(tx, act, { deliveryId: delivery.id }, now);
    return { subscription, delivery, lease };
  }

  private async record(tx: Transaction, { subscription, delivery, lease }: Leased, outcome: AttemptOutcome) {
    const { deliveries, lookup, clock } = this.parts;
    const { id: deliveryId, subject } = delivery;
    const attempt = { deliveryId, subscriptionId: subscription.id, subject, lease, outcome, fate: fateOf(outcome) };
    const advanced = await deliveries.record(tx, attempt, clock.now());
    const stored = await lookup.find(tx, deliveryId);
    const recorded = (await lookup.attemptsOf(tx, deliveryId)).at(-1);
    if (!stored || !recorded) throw new Error(`the test ${deliveryId} was there and is gone`);
    return { advanced, result: { delivery: deliveryViewOf(stored), attempt: recorded } };
  }
}

const testOf = ({ id, clientId }: Subscription, origin: MessageOrigin, now: number): SubscribedEvent => ({
  id: newId(),
  type: 'webhook.test',
  subject: `webhook/${id}`,
  owner: clientId,
  data: JSON.stringify({ webhookId: id, clientId, message: MESSAGE }),
  correlationId: origin.correlationId,
  occurredAt: now,
});

function fateOf(outcome: AttemptOutcome): DeliveryFate {
  const { delivered } = judgeAttempt(outcome.kind === 'answered' ? outcome.status : undefined, undefined);
  return { status: delivered ? 'delivered' : 'failed' };
}
