import { type Logger, messageOf } from '@holdfast/platform';
import { type Dispatcher } from '../app/delivery/dispatcher.js';
import { type ClockVerdict, type MendSchedule } from '../app/delivery/mend-schedule.js';
import { type Clock } from '../app/ports.js';

/** A commit of its own each time. What a clock that was ahead has scheduled waits for so long at most until it is moved. */
const EVERY_MS = 10_000;

export interface ClockWatchParts {
  mendSchedule: Pick<MendSchedule, 'execute'>;
  clock: Pick<Clock, 'after'>;
  /** Told of every look. */
  found: (verdict: ClockVerdict) => void;
  logger: Logger;
}

/** Looks every few seconds whether this machine's clock is to be trusted, and says once when it is not. */
export class ClockWatch {
  private last: ClockVerdict['kind'] = 'agrees';
  private cancel: (() => void) | undefined;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly parts: ClockWatchParts) {}

  /** Resolves after the first look: nothing is to be scheduled before this process' time is noted. */
  start(): Promise<void> {
    this.looking = this.look();
    return this.looking;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel?.();
    await this.looking;
  }

  private async look(): Promise<void> {
    const { mendSchedule, clock, logger } = this.parts;
    try {
      this.note(await mendSchedule.execute());
    } catch (error) {
      logger.warn({ reason: messageOf(error) }, 'could not see whether the clock is right; looking again soon');
    }
    if (!this.stopped) this.cancel = clock.after(EVERY_MS, () => void this.start());
  }

  private note(verdict: ClockVerdict): void {
    this.parts.found(verdict);
    if (verdict.kind !== this.last) this.tell(verdict);
    this.last = verdict.kind;
  }

  private tell(verdict: ClockVerdict): void {
    const { logger } = this.parts;
    if (verdict.kind === 'was-ahead') {
      const { aheadMs, deliveries, webhooks } = verdict;
      logger.warn(
        { aheadSeconds: inSeconds(aheadMs), deliveries, webhooks },
        'a clock was ahead of the one of this machine: what it had scheduled is moved',
      );
    }
    if (verdict.kind === 'differs') {
      const { byMs, othersAgree } = verdict;
      logger.warn(
        { aheadSeconds: inSeconds(byMs), sending: !othersAgree },
        'the clocks of this machine and of the database server differ',
      );
    }
  }
}

/** What the dispatcher makes of it. */
export function heedClock(dispatcher: Pick<Dispatcher, 'standAside' | 'forgetFailures'>, verdict: ClockVerdict): void {
  if (verdict.kind === 'was-ahead') dispatcher.forgetFailures();
  // Subscribers refuse callbacks of a wrong time, and each refusal would cost a delivery one of its attempts.
  dispatcher.standAside(verdict.kind === 'differs' && verdict.othersAgree);
}

const inSeconds = (ms: number): number => Math.round(ms / 1000);
