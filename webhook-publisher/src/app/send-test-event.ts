import {
  accepted,
  newId,
  type Reply,
  refused,
  repeated,
  type TestWebhook,
  type WebhookTestResult,
} from '@holdfast/contracts';
import { type MessageOrigin } from '@holdfast/messaging';
import { type Transaction, type UnitOfWork } from '@holdfast/platform';
import { type SubscribedEvent } from '../domain/event.js';
import { judgeAttempt } from '../domain/judge-attempt.js';
import { type Subscription } from '../domain/subscription.js';
import { type AnswerOnce, type Asked, askedFor, isKeyTaken } from './answer-once.js';
import { deliveryViewOf } from './delivery-view.js';
import { noDelivery, noWebhook, ownSubscription } from './own-subscription.js';
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
import { TestsUnderWay } from './tests-under-way.js';

export interface SendTestEventParts {
  unitOfWork: UnitOfWork;
  subscriptions: SubscriptionRepository;
  tests: TestDeliveryRepository;
  deliveries: DeliveryRepository;
  lookup: DeliveryLookup;
  audit: AuditTrail;
  once: AnswerOnce;
  sendOnce: SendOnce;
  waker: DeliveryWaker;
  clock: Pick<Clock, 'now'>;
}

/** As the sender's own, unless it is told another one. */
const DEADLINE_MS = 15_000;

/** Beside the deadline of the attempt, for the transaction that stores its outcome: nobody else sends the test before. */
const LEASE_MARGIN_MS = 30_000;

const MESSAGE = 'This is a test. Nothing has happened.';

type Leased = { subscription: StoredSubscription; delivery: LeasedDelivery; lease: string };

/** What is stored for a key: the delivery that is under way, until there is a result. */
type StoredResult = WebhookTestResult | { deliveryId: string };

/**
 * Sends `webhook.test` to a subscription now, also to one that is disabled, and answers with the attempt. It is stored
 * like any delivery and never tried again. The sending is between two transactions, in none.
 */
export class SendTestEvent {
  private readonly underWay = new TestsUnderWay();

  /** @param deadlineMs after which the sender gives an attempt up. */
  constructor(
    private readonly parts: SendTestEventParts,
    private readonly deadlineMs = DEADLINE_MS,
  ) {}

  /**
   * @returns the attempt; IDEMPOTENCY_KEY_IN_USE while that of an earlier request with the same key is under way;
   *   OVERLOADED where {@link TestsUnderWay} has no room.
   */
  async execute(request: TestWebhook, origin: MessageOrigin): Promise<Reply<WebhookTestResult>> {
    const asked = askedFor('test', request, origin);
    const earlier = await this.earlier(asked);
    return earlier ?? this.underWay.during(request, () => this.send(request, origin, asked));
  }

  private async earlier(asked: Asked): Promise<Reply<WebhookTestResult> | undefined> {
    if (asked.key === undefined) return undefined;
    return this.parts.unitOfWork.run(async (tx) => {
      const stored = await this.parts.once.earlier<StoredResult>(tx, asked);
      if (!stored?.ok) return stored;
      const { value } = stored;
      return 'attempt' in value ? { ...stored, value } : this.outcomeOf(tx, value.deliveryId);
    });
  }

  /** Whoever sent it may have been killed: then the dispatcher sends it, and its outcome is the answer. */
  private async outcomeOf(tx: Transaction, deliveryId: string): Promise<Reply<WebhookTestResult>> {
    const delivery = await this.parts.lookup.find(tx, deliveryId);
    if (!delivery) return noDelivery(deliveryId);
    if (delivery.finishedAt !== null) return repeated(await this.resultOf(tx, deliveryId));
    return refused('IDEMPOTENCY_KEY_IN_USE', 'The test that was asked for with this key is under way.');
  }

  private async send(request: TestWebhook, origin: MessageOrigin, asked: Asked): Promise<Reply<WebhookTestResult>> {
    const { unitOfWork, sendOnce, waker } = this.parts;
    let leased: Leased | undefined;
    try {
      leased = await unitOfWork.run((tx) => this.store(tx, request, origin, asked));
    } catch (error) {
      const earlier = isKeyTaken(error) ? await this.earlier(asked) : undefined;
      if (earlier) return earlier;
      throw error;
    }
    if (!leased) return noWebhook(request.webhookId);
    const { subscription } = leased;
    const outcome = await sendOnce(subscription, leased.delivery);
    const { advanced, result } = await unitOfWork.run((tx) => this.record(tx, leased, outcome, asked));
    if (advanced) waker.wake([subscription.id]);
    return accepted(result);
  }

  private async store(
    tx: Transaction,
    { caller, webhookId }: TestWebhook,
    origin: MessageOrigin,
    asked: Asked,
  ): Promise<Leased | undefined> {
    const { subscriptions, tests, audit, once, clock } = this.parts;
    const subscription = await ownSubscription(tx, subscriptions, caller, webhookId);
    if (!subscription) return undefined;
    const now = clock.now();
    const lease = newId();
    const terms = { lease, until: now + this.deadlineMs + LEASE_MARGIN_MS, now };
    const delivery = await tests.insert(tx, testOf(subscription, origin, now), webhookId, terms);
    // A question that is asked twice is answered twice, so the act has an id of its own.
    const act = { id: newId(), caller, action: 'test' as const, subscriptionId: webhookId };
    await audit.enter(tx, act, { deliveryId: delivery.id }, now);
    await once.keep(tx, asked, { deliveryId: delivery.id });
    return { subscription, delivery, lease };
  }

  private async record(
    tx: Transaction,
    { subscription, delivery, lease }: Leased,
    outcome: AttemptOutcome,
    asked: Asked,
  ): Promise<{ advanced: boolean; result: WebhookTestResult }> {
    const { deliveries, once, clock } = this.parts;
    const { id: deliveryId, subject } = delivery;
    const attempt = { deliveryId, subscriptionId: subscription.id, subject, lease, outcome, fate: fateOf(outcome) };
    const advanced = await deliveries.record(tx, attempt, clock.now());
    const result = await this.resultOf(tx, deliveryId);
    await once.replace(tx, asked, result);
    return { advanced, result };
  }

  private async resultOf(tx: Transaction, deliveryId: string): Promise<WebhookTestResult> {
    const { lookup } = this.parts;
    const delivery = await lookup.find(tx, deliveryId);
    const attempt = (await lookup.attemptsOf(tx, deliveryId)).at(-1);
    if (!delivery || !attempt) throw new Error(`the test ${deliveryId} was there and is gone`);
    return { delivery: deliveryViewOf(delivery), attempt };
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
