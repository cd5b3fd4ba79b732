import { type Transaction, type UnitOfWork } from '@holdfast/platform';
import { CLOCK_TOLERANCE_MS, isAhead, type LongestWaits, mendedDueAt, mendedHold } from '../../domain/clock-ahead.js';
import { type Clock } from '../ports.js';
import { type ClockMark, type DatabaseClock, type ScheduledDelivery, type ScheduledTimes } from '../schedule.ports.js';

// Some milliseconds of a transaction.
const PIECE = 500;

/** Whoever has agreed with the database server's clock within this time is still at work: three looks. */
const AGREED_FOR_MS = 30_000;

/** What this process' clock is beside those of the others, and beside its own of before. */
export type ClockVerdict =
  | { kind: 'agrees' }
  /** One was ahead of ours by so much, and what it had scheduled is moved. */
  | { kind: 'was-ahead'; aheadMs: number; deliveries: number; webhooks: number }
  /**
   * Ours differs from the database server's by so much; it is ahead where that is positive. With another process that agrees
   * with the server, ours is the wrong one; without, nobody knows.
   */
  | { kind: 'differs'; byMs: number; othersAgree: boolean };

export interface MendScheduleParts {
  mark: ClockMark;
  times: ScheduledTimes;
  databaseClock: DatabaseClock;
  unitOfWork: UnitOfWork;
  clock: Pick<Clock, 'now'>;
}

/**
 * Notes what time it is, and sees by what others have noted, or this process before its clock was set back, that a clock
 * was ahead. Then whatever waits longer than it could by our clock is moved to the longest that it could: deliveries,
 * leases, endpoints that asked to be left alone.
 */
export class MendSchedule {
  constructor(
    private readonly parts: MendScheduleParts,
    private readonly waits: LongestWaits,
  ) {}

  async execute(): Promise<ClockVerdict> {
    const { mark, clock, unitOfWork } = this.parts;
    const { theirs, byMs } = await this.comparison();
    const { latest, agreedAt } = await mark.read();
    const now = clock.now();
    if (theirs !== undefined && Math.abs(byMs) > CLOCK_TOLERANCE_MS) {
      // Who may be wrong himself moves nothing: of a clock that is behind, all others are ahead.
      await unitOfWork.run((tx) => mark.raise(tx, now), 'clock.mark');
      return { kind: 'differs', byMs, othersAgree: theirs - agreedAt < AGREED_FOR_MS };
    }
    const moved = isAhead(latest, now) ? await this.mend(now) : undefined;
    await unitOfWork.run(async (tx) => {
      // After the work: whoever is killed before that leaves the mark, and the next one begins anew.
      if (moved) await mark.setBack(tx, latest, now);
      else await mark.raise(tx, now);
      if (theirs !== undefined) await mark.agree(tx, theirs);
    }, 'clock.mark');
    return moved ? { kind: 'was-ahead', aheadMs: latest - now, ...moved } : { kind: 'agrees' };
  }

  /** By how much our clock is ahead of the database server's, as far as the time that the question took leaves no doubt. */
  private async comparison(): Promise<{ theirs: number | undefined; byMs: number }> {
    const { clock, databaseClock } = this.parts;
    const before = clock.now();
    const theirs = await databaseClock.now();
    const after = clock.now();
    if (theirs === undefined) return { theirs, byMs: 0 };
    return { theirs, byMs: before > theirs ? before - theirs : Math.min(0, after - theirs) };
  }

  private async mend(now: number): Promise<{ deliveries: number; webhooks: number }> {
    const { times, unitOfWork } = this.parts;
    const deliveries = await this.mendDeliveries(now);
    const held = await unitOfWork.run((tx) => this.mendHolds(tx, now));
    const forgotten = await unitOfWork.run((tx) => times.forgetNotesAfter(tx, now + CLOCK_TOLERANCE_MS));
    return { deliveries, webhooks: held + forgotten };
  }

  private async mendDeliveries(now: number): Promise<number> {
    const { times, unitOfWork } = this.parts;
    let moved = 0;
    const webhooks = await unitOfWork.run((tx) => times.withDeliveriesAfter(tx, now + CLOCK_TOLERANCE_MS));
    for (const id of webhooks) {
      let place: { dueAt: number; id: string } | undefined = { dueAt: now + CLOCK_TOLERANCE_MS, id: '' };
      while (place) {
        const piece = await this.mendPiece(id, place, now);
        moved += piece.moved;
        place = piece.last;
      }
    }
    return moved;
  }

  /** @returns how many were moved, and the last one that was looked at, where there may be more behind it. */
  private mendPiece(
    subscriptionId: string,
    place: { dueAt: number; id: string },
    now: number,
  ): Promise<{ moved: number; last: ScheduledDelivery | undefined }> {
    const { times, unitOfWork } = this.parts;
    return unitOfWork.run(async (tx) => {
      const piece = await times.deliveriesAfter(tx, subscriptionId, place, PIECE);
      let moved = 0;
      for (const delivery of piece) {
        const dueAt = mendedDueAt(delivery, now, this.waits);
        if (dueAt === undefined) continue;
        await times.moveDelivery(tx, delivery.id, dueAt);
        moved += 1;
      }
      return { moved, last: piece.length === PIECE ? piece.at(-1) : undefined };
    });
  }

  private async mendHolds(tx: Transaction, now: number): Promise<number> {
    const { times } = this.parts;
    let moved = 0;
    for (const { id, ...hold } of await times.holdsAfter(tx, now)) {
      const until = mendedHold(hold, now);
      if (until === undefined) continue;
      await times.moveHold(tx, id, { until, at: now });
      moved += 1;
    }
    return moved;
  }
}
