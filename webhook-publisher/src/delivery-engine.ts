import { type Dialect, type Logger, PermanentError, type Queries, type UnitOfWork } from '@holdfast/platform';
import { AttemptRecorder } from './app/delivery/attempt-recorder.js';
import { composeCallback } from './app/delivery/compose-callback.js';
import { Dispatcher } from './app/delivery/dispatcher.js';
import { LaneSender } from './app/delivery/lane-sender.js';
import { MendSchedule } from './app/delivery/mend-schedule.js';
import { PrepareDeliveries } from './app/delivery/prepare-deliveries.js';
import { RecordAttempt } from './app/delivery/record-attempt.js';
import { SigningKeys } from './app/delivery/signing-keys.js';
import { type SendOnce } from './app/owner.ports.js';
import { type CallbackSender, type Clock, type DeliveryMetrics, type SecretBox } from './app/ports.js';
import { type DatabaseClock } from './app/schedule.ports.js';
import { RetrySchedule } from './domain/retry-schedule.js';
import { type SigningKey } from './domain/signature.js';
import { SqlClockMark } from './outbound/sql-clock.mark.js';
import { SqlDeliveryRepository } from './outbound/sql-delivery.repository.js';
import { SqlDueSubscriptions } from './outbound/sql-due.subscriptions.js';
import { SqlEndpointNotes } from './outbound/sql-endpoint.notes.js';
import { SqlScheduledTimes } from './outbound/sql-scheduled.times.js';
import { SqlSubscriptionDirectory } from './outbound/sql-subscription.directory.js';
import { SqlSubscriptionRepository } from './outbound/sql-subscription.repository.js';

export interface DeliveryTerms {
  retryDelaysMs: readonly number[];
  concurrency: number;
  endpointConcurrency: number;
  /** The longest that an attempt takes. */
  deadlineMs: number;
  disableAfterMs: number;
}

export interface DeliveryFoundation {
  database: { dialect: Dialect; queries: Queries; unitOfWork: UnitOfWork };
  databaseClock: DatabaseClock;
  sender: CallbackSender;
  secrets: SecretBox;
  metrics: DeliveryMetrics;
  clock: Clock;
  logger: Logger;
  /** From 0 to 1; Math.random where nobody says otherwise. */
  random?: () => number;
}

// What is leased ahead is sent in the first half of its lease, and the second is longer than an attempt. No longer than
// that: after a crash this is how long an event waits.
const leaseMsFor = (deadlineMs: number): number => 2 * deadlineMs + 5_000;

/** The parts that store what is to be delivered, deliver it, and keep its times right. */
export interface DeliveryEngine {
  prepareDeliveries: PrepareDeliveries;
  dispatcher: Dispatcher;
  mendSchedule: MendSchedule;
  sendOnce: SendOnce;
}

export function deliveryEngine(terms: DeliveryTerms, foundation: DeliveryFoundation): DeliveryEngine {
  const { database, databaseClock, sender, secrets, metrics, clock, logger, random = Math.random } = foundation;
  const { dialect, queries, unitOfWork } = database;
  const deliveries = new SqlDeliveryRepository();
  const recordAttempt = new RecordAttempt(deliveries, new SqlEndpointNotes(), new SqlSubscriptionRepository());
  const recorder = new AttemptRecorder(recordAttempt, unitOfWork, dialect, clock, logger);
  const schedule = new RetrySchedule(terms.retryDelaysMs);
  const { disableAfterMs, concurrency, endpointConcurrency, deadlineMs } = terms;
  const leaseMs = leaseMsFor(deadlineMs);
  const keys = new SigningKeys(secrets, logger);
  const laneSender = new LaneSender({ sender, recorder, keys, schedule, metrics, clock, disableAfterMs, random });
  return {
    prepareDeliveries: new PrepareDeliveries(new SqlSubscriptionDirectory(), deliveries, clock),
    dispatcher: new Dispatcher(
      { concurrency, endpointConcurrency, leaseMs },
      { deliveries, due: new SqlDueSubscriptions(queries), unitOfWork, sender: laneSender, clock, logger },
    ),
    mendSchedule: new MendSchedule(
      { mark: new SqlClockMark(queries), times: new SqlScheduledTimes(), databaseClock, unitOfWork, clock },
      { schedule, leaseMs },
    ),
    sendOnce: (subscription, delivery) => {
      const now = clock.now();
      return sender.send({
        url: subscription.url,
        ...composeCallback(delivery, usable(keys.of(subscription, now)), now),
      });
    },
  };
}

function usable(keys: SigningKey[]): SigningKey[] {
  if (keys.length === 0) throw new PermanentError('NO_SIGNING_KEY', 'the secret cannot be opened; rotate it');
  return keys;
}
