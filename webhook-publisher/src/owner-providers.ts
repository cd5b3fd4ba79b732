import { type ServiceRuntime } from '@holdfast/messaging';
import { type Logger } from '@holdfast/platform';
import { type Provider } from '@nestjs/common';
import { AnswerOnce } from './app/answer-once.js';
import { CreateSubscription } from './app/create-subscription.js';
import { DeleteSubscription } from './app/delete-subscription.js';
import { ListDeliveries } from './app/list-deliveries.js';
import { ListSubscriptions } from './app/list-subscriptions.js';
import { type SendOnce, type UrlPolicy } from './app/owner.ports.js';
import { type DeliveryWaker, type SecretBox } from './app/ports.js';
import { ReleaseHeld } from './app/release-held.js';
import { ReplayDeliveries } from './app/replay-deliveries.js';
import { RetryDelivery } from './app/retry-delivery.js';
import { RotateSecret } from './app/rotate-secret.js';
import { SendTestEvent } from './app/send-test-event.js';
import { ShowAttempts } from './app/show-attempts.js';
import { ShowDelivery } from './app/show-delivery.js';
import { ShowSubscription } from './app/show-subscription.js';
import { SwitchSubscription } from './app/switch-subscription.js';
import { UpdateSubscription } from './app/update-subscription.js';
import { WorkOffReplays } from './app/work-off-replays.js';
import { newSecret } from './domain/signature.js';
import { ReplayWorker } from './inbound/replay-worker.js';
import { SqlAttemptHistory } from './outbound/sql-attempt.history.js';
import { SqlAuditTrail } from './outbound/sql-audit.trail.js';
import { SqlDeliveryCounter } from './outbound/sql-delivery.counter.js';
import { SqlDeliveryLookup } from './outbound/sql-delivery.lookup.js';
import { SqlDeliveryReader } from './outbound/sql-delivery.reader.js';
import { SqlDeliveryRepository } from './outbound/sql-delivery.repository.js';
import { SqlHeldDeliveries } from './outbound/sql-held.deliveries.js';
import { SqlReplayRepository } from './outbound/sql-replay.repository.js';
import { SqlStoredAnswers } from './outbound/sql-stored.answers.js';
import { SqlSubscriptionReader } from './outbound/sql-subscription.reader.js';
import { SqlSubscriptionRepository } from './outbound/sql-subscription.repository.js';
import { SqlTestDeliveryRepository } from './outbound/sql-test-delivery.repository.js';
import { systemClock as clock } from './outbound/system.clock.js';

// What an earlier process has left undone is looked for this often; a new replay is begun at once.
const REPLAY_LOOK_MS = 5_000;

export interface OwnerFoundation {
  runtime: ServiceRuntime;
  secretBox: SecretBox;
  urlPolicy: UrlPolicy;
  sendOnce: SendOnce;
  waker: DeliveryWaker;
  /** The longest that an attempt takes. */
  deadlineMs: number;
  logger: Logger;
}

/** What owners do with their subscriptions and deliveries. */
export function ownerProviders(foundation: OwnerFoundation): { providers: Provider[]; replayWorker: ReplayWorker } {
  const { runtime, sendOnce, waker, logger, secretBox, urlPolicy } = foundation;
  const { unitOfWork, queries } = runtime;
  const [subscriptions, deliveries] = [new SqlSubscriptionRepository(), new SqlDeliveryRepository()];
  const [audit, held, replays] = [new SqlAuditTrail(), new SqlHeldDeliveries(), new SqlReplayRepository()];
  const [reader, subscriptionReader] = [new SqlDeliveryReader(queries), new SqlSubscriptionReader(queries)];
  const lookup = new SqlDeliveryLookup();
  const once = new AnswerOnce(new SqlStoredAnswers(), secretBox, clock);
  const parts = { subscriptions, held, audit, once, clock, urlPolicy, secretBox, newSecret };
  const tests = new SqlTestDeliveryRepository();
  const workOffReplays = new WorkOffReplays(replays, subscriptions, deliveries, unitOfWork, clock);
  const work = { replays: workOffReplays, held: new ReleaseHeld(held, unitOfWork, clock) };
  const replayWorker = new ReplayWorker(work, waker, REPLAY_LOOK_MS, logger);
  const useCases = [
    new CreateSubscription(parts),
    new UpdateSubscription(parts),
    new SwitchSubscription(parts),
    new RotateSecret(parts),
    new DeleteSubscription(subscriptions, audit, clock),
    new ReplayDeliveries({
      ...{ unitOfWork, subscriptions, replays, audit, once, clock },
      ...{ reader: subscriptionReader, counter: new SqlDeliveryCounter(queries) },
    }),
    new RetryDelivery({ subscriptions, lookup, deliveries, audit, once, clock }),
    new ShowSubscription(subscriptionReader),
    new ListSubscriptions(subscriptionReader),
    new ShowDelivery(reader, subscriptionReader),
    new ShowAttempts(new SqlAttemptHistory(queries)),
    new ListDeliveries(reader, subscriptionReader),
    new SendTestEvent(
      { unitOfWork, subscriptions, deliveries, lookup, audit, once, clock, tests, sendOnce, waker },
      foundation.deadlineMs,
    ),
    replayWorker,
  ];
  return { replayWorker, providers: useCases.map((useValue) => ({ provide: useValue.constructor, useValue })) };
}
