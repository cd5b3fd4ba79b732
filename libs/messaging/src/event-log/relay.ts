import {
  type CheckResult,
  type Logger,
  messageOf,
  type ProcessLock,
  reached,
  type UnitOfWork,
} from '@holdfast/platform';
import { type OutgoingMessage, type Publisher } from '../broker/publisher.js';
import { reachedWhenWritten } from '../broker/when-written.js';
import { type EventLogReader, type LoggedEvent } from './event-log.reader.js';
import { relayedMessage } from './relayed-message.js';
import { WakeUp } from './wake-up.js';

const BATCH = 200;

/** Batches that may wait for their confirms at a time: a quorum queue confirms after its fsync, and the next batch need not wait for that. */
const MAX_UNCONFIRMED_BATCHES = 8;

// Signals come with every commit; the poll is for what another process appended, and for what is to be published again.
const POLL_MS = 1_000;
const RETRY_MS = 1_000;

// A transaction that runs meanwhile is about to end, and when it rolls back nothing signals it.
const WAITING_POLL_MS = 20;

// A relay that stands by passes the signals of its own process on; this many times a second at most.
const CALL_EVERY_MS = 50;
const REPUBLISH_EVERY_MS = 500;

// The stored position may lag: after a crash the events since then go out twice under their ids. Storing it with every
// batch would cost a commit each.
const CHECKPOINT_MS = 100;

/** A relay that has had something to publish for this long, and has not, is not healthy. */
const STUCK_MS = 30_000;

/** Of all instances of a service the one that has this lock of their database publishes: where nobody has it, none runs. */
export const RELAY_LOCK = 'relay';

/**
 * Publishes the event log in order of position, with publisher confirms, and remembers how far it is. What is in the log
 * is published at least once, always under the same message id.
 *
 * Where several instances of a service share a log, the relay of one publishes and the others stand by. Two that publish
 * for a moment, because one has not noticed that its turn is over, do no harm: each goes through the log in order from a
 * position up to which the broker has everything, so the order of first publication stays.
 */
export class Relay {
  private readonly wakeUp = new WakeUp();
  private readonly halt = new WakeUp();
  private sent = 0;
  private confirmed = 0;
  private unconfirmed: Promise<void>[] = [];
  private failure: unknown;
  private stopping = false;
  private running: Promise<void> | undefined;
  private checkpoint: NodeJS.Timeout | undefined;
  // By a clock that nobody sets: one that is set back by an hour would keep what is asked for again back for an hour.
  private progressAt = performance.now();
  private republishedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly reader: EventLogReader,
    private readonly publisher: Publisher,
    private readonly unitOfWork: UnitOfWork,
    private readonly turn: ProcessLock,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    this.confirmed = await this.reader.relayed();
    this.turn.onCall(() => this.wake());
    this.running = this.run();
  }

  /** Something was committed. */
  wake(): void {
    this.wakeUp.signal();
  }

  /** Position up to which the broker has everything, as far as this relay knows. */
  get position(): number {
    return this.confirmed;
  }

  /** Whether it is this one that publishes; the relays of other instances stand by then. */
  get publishing(): boolean {
    return this.turn.held;
  }

  health(): CheckResult {
    const stillMs = performance.now() - this.progressAt;
    if (stillMs < STUCK_MS) return { status: 'up' };
    return { status: 'down', detail: `no event could be published for ${Math.round(stillMs / 1000)} s` };
  }

  /**
   * Publishes what is in the log by now, if it is its turn and the broker takes it, waits for the confirms, stores the
   * position and lets another one take over.
   */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wakeUp.signal();
    this.halt.signal();
    await this.running;
    clearTimeout(this.checkpoint);
    await this.mark();
    await this.turn.release();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        if (await this.hasTurn()) await this.publishFrom(this.confirmed);
        else await this.standBy();
      } catch (error) {
        this.logger.warn(
          { position: this.confirmed, reason: messageOf(error) },
          'publishing stopped; going on from here',
        );
        await this.untilReady();
      }
    }
  }

  private async hasTurn(): Promise<boolean> {
    if (this.turn.held) return true;
    const taken = await this.turn.take();
    // Asked for after the turn was taken: whoever had it before may have come further.
    this.confirmed = Math.max(this.confirmed, await this.reader.relayed());
    this.progressAt = performance.now();
    return taken;
  }

  /** What this process commits is for the relay whose turn it is. */
  private async standBy(): Promise<void> {
    await this.wakeUp.wait(POLL_MS);
    await this.turn.call();
    await this.halt.wait(CALL_EVERY_MS);
  }

  /** Runs until something fails or the turn is lost: every batch after a lost one is published again, so that the order stays. */
  private async publishFrom(position: number): Promise<void> {
    this.sent = position;
    this.unconfirmed = [];
    this.failure = undefined;
    try {
      let more = true;
      while (this.failure === undefined && this.turn.held && (more || !this.stopping)) more = await this.publishNext();
    } finally {
      await Promise.all(this.unconfirmed);
    }
    if (this.failure !== undefined) throw this.failure;
  }

  /** @returns false when there was nothing left to publish. */
  private async publishNext(): Promise<boolean> {
    if (this.unconfirmed.length >= MAX_UNCONFIRMED_BATCHES) await this.unconfirmed[0];
    const events = await this.reader.after(this.sent, BATCH);
    const again = await this.republishNowAndThen();
    const last = events.at(-1);
    if (last) {
      this.track(events, last.position);
      return true;
    }
    if (again) return true;
    if (this.unconfirmed.length === 0) this.progressAt = performance.now();
    if (!this.stopping) await this.wakeUp.wait(this.reader.waiting ? WAITING_POLL_MS : POLL_MS);
    return false;
  }

  private track(events: LoggedEvent[], last: number): void {
    this.sent = last;
    // All of them are built before the first one is published: an event that cannot be leaves no confirm unwatched.
    const messages = events.map((event) => relayedMessage(event, false));
    const previous = this.unconfirmed.at(-1);
    const done = this.publish(messages)
      .then(() => previous)
      .then(() => this.advance(last))
      .catch((error: unknown) => {
        this.failure ??= error;
        this.wakeUp.signal();
      })
      .finally(() => {
        this.unconfirmed = this.unconfirmed.filter((batch) => batch !== done);
      });
    this.unconfirmed.push(done);
  }

  private async publish(messages: readonly OutgoingMessage[]): Promise<void> {
    const types = () => messages.map(({ properties }) => String(properties.type));
    reached('before-publish', types);
    const confirms = Promise.all(messages.map((message) => this.publisher.publish(message)));
    reachedWhenWritten('after-publish', types);
    await confirms;
    reached('after-confirm', types);
  }

  private advance(position: number): void {
    if (this.failure !== undefined) return;
    this.confirmed = position;
    this.progressAt = performance.now();
    this.checkpoint ??= setTimeout(() => {
      this.checkpoint = undefined;
      void this.mark();
    }, CHECKPOINT_MS);
  }

  /** Stores the position, which only ever grows, whoever else stores it. */
  private async mark(): Promise<void> {
    const position = this.confirmed;
    try {
      await this.unitOfWork.run(
        (tx) => tx.run('UPDATE relay_position SET position = ? WHERE position < ?', [position, position]),
        'relay.mark',
      );
      reached('after-mark', 'relay.mark');
    } catch (error) {
      this.logger.warn({ reason: messageOf(error) }, 'could not store the position; events since may go out twice');
    }
  }

  /** Whoever asks twice has waited long; looking at every commit for it would cost every commit a query. */
  private async republishNowAndThen(): Promise<boolean> {
    if (performance.now() - this.republishedAt < REPUBLISH_EVERY_MS) return false;
    this.republishedAt = performance.now();
    return this.republish();
  }

  private async republish(): Promise<boolean> {
    // Not of what has not been published yet: it would come before what is ahead of it in the log.
    const requests = await this.reader.republications(BATCH, this.confirmed);
    if (requests.length === 0) return false;
    await this.publish(requests.map(({ event }) => relayedMessage(event, true)));
    await this.unitOfWork.run(async (tx) => {
      for (const { request } of requests) await tx.run('DELETE FROM republications WHERE id = ?', [request]);
    }, 'relay.republished');
    reached('after-mark', 'relay.republished');
    return true;
  }

  /** A pause that no commit cuts short: under load they come all the time, and with each the backlog would go out again. */
  private async untilReady(): Promise<void> {
    do await this.halt.wait(RETRY_MS);
    while (!this.stopping && !this.publisher.ready);
  }
}
