import { reached } from '@holdfast/platform';
import { type RetrySchedule } from '../../domain/retry-schedule.js';
import { type AttemptOutcome, type CallbackSender, type Clock, type DeliveryMetrics } from '../ports.js';
import { type AttemptRecorder } from './attempt-recorder.js';
import { composeCallback } from './compose-callback.js';
import { type Decision, decideFate } from './decide-fate.js';
import { type HeldDelivery, type Lane } from './lane.js';
import { type AttemptToRecord, type EndpointNews } from './record-attempt.js';
import { type SigningKeys } from './signing-keys.js';

/** What is known once an attempt is stored. */
export interface Recorded {
  /** Another delivery of the subject has its turn now. */
  advanced: boolean;
  /** When this delivery is due again; Unix milliseconds. */
  retryAt: number | undefined;
}

export interface SendResult {
  /** The endpoint is to be left alone for now: held, gone or with an open circuit. */
  leaveAlone: boolean;
  /** Resolves when the attempt is stored; undefined where there was none to store. */
  recorded: Promise<Recorded> | undefined;
}

export interface LaneSenderParts {
  sender: CallbackSender;
  recorder: AttemptRecorder;
  keys: SigningKeys;
  schedule: RetrySchedule;
  metrics: DeliveryMetrics;
  clock: Clock;
  /** An endpoint that has failed for this long is disabled. */
  disableAfterMs: number;
  /** From 0 to 1. */
  random: () => number;
}

const NOTHING: SendResult = { leaveAlone: true, recorded: undefined };

/** Sends one delivery of a lane and sees to what follows from it. */
export class LaneSender {
  private closing = false;

  constructor(private readonly parts: LaneSenderParts) {}

  /** Attempts that are not stored yet. */
  get unrecorded(): number {
    return this.parts.recorder.backlog;
  }

  /** Gives up what is on its way: its outcomes are not the endpoint's, and are not recorded. */
  async giveUp(): Promise<void> {
    this.closing = true;
    await this.parts.sender.close();
  }

  drain(): Promise<void> {
    return this.parts.recorder.drain();
  }

  async send(lane: Lane, { delivery, lease }: HeldDelivery): Promise<SendResult> {
    const { sender, clock, metrics } = this.parts;
    const { subscription } = lane;
    const keys = subscription ? this.parts.keys.of(subscription, clock.now()) : [];
    // Without a key nothing can be signed: the lease ends, and by then somebody may have set the right one.
    if (!subscription || keys.length === 0) return NOTHING;
    const callback = composeCallback(delivery, keys, clock.now());
    const outcome = await sender.send({ url: subscription.url, ...callback });
    reached('callback-answered', subscription.id);
    // Cut off by our own stop: nothing is known of the endpoint, and the delivery goes out again.
    if (this.closing && outcome.kind === 'failed') return NOTHING;
    const now = clock.now();
    const decision = decideFate(outcome, delivery, this.parts.schedule, now, this.parts.random());
    metrics.attempted(outcome, decision.fate, now - delivery.occurredAt);
    const news = this.newsOf(lane, decision, outcome, now);
    if (decision.delivered) lane.succeeded(outcome.durationMs);
    else lane.failed(outcome.durationMs, clock.elapsed());
    const closes = news.disable !== undefined || news.holdUntil !== undefined;
    const { id: deliveryId, subject } = delivery;
    const { id: subscriptionId, version } = subscription;
    const { fate } = decision;
    const attempt = { deliveryId, subscriptionId, version, subject, lease, outcome, fate, news };
    return {
      leaveAlone: closes || (!decision.delivered && lane.circuitOpen),
      recorded: this.record(lane, attempt, closes),
    };
  }

  private async record(lane: Lane, attempt: AttemptToRecord, closes: boolean): Promise<Recorded> {
    const { fate } = attempt;
    if (closes) lane.closings += 1;
    const advanced = await this.parts.recorder.record(attempt);
    // From here on the database refuses to lease for it, for as long as it says, or has it changed by its owner.
    if (closes) lane.closings -= 1;
    return { advanced, retryAt: fate.status === 'pending' ? fate.dueAt : undefined };
  }

  /** What is new about the endpoint. The lane remembers what it has said, so that it is said once. */
  private newsOf(
    lane: Lane,
    { delivered, gone, holdUntil }: Decision,
    outcome: AttemptOutcome,
    now: number,
  ): EndpointNews {
    if (delivered) {
      if (lane.failingSince === null) return {};
      lane.failingSince = null;
      return { answeringSince: now };
    }
    const news: EndpointNews = holdUntil === undefined ? {} : { holdUntil };
    if (lane.failingSince === null) {
      lane.failingSince = now;
      news.failingSince = now;
    }
    if (gone) return { ...news, disable: { reason: 'GONE', detail: 'The endpoint answered 410 Gone.' } };
    const ifFailingSince = now - this.parts.disableAfterMs;
    if (lane.failingSince > ifFailingSince) return news;
    const since = new Date(lane.failingSince).toISOString();
    const detail = `Every attempt since ${since} has failed; ${reasonOf(outcome)}.`;
    return { ...news, disable: { reason: 'FAILING', detail, ifFailingSince } };
  }
}

const reasonOf = (outcome: AttemptOutcome): string =>
  outcome.kind === 'answered' ? `the last one was answered ${outcome.status}` : `the last one: ${outcome.detail}`;
