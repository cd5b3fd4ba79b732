import { type CheckResult, type Logger, messageOf } from '@holdfast/platform';
import { type Clock, type DueSubscription, type DueSubscriptions } from '../ports.js';
import { type Lanes } from './lanes.js';
import { type LeaseKeeper } from './lease-keeper.js';

/** How often the database is asked who has something to send: what another instance prepared, and what a lost one held. */
const LOOK_EVERY_MS = 1_000;

/** Ten thousand subscriptions take a while to look through; a look takes a twentieth of the time, and comes every 5 s at least. */
const LOOK_SHARE = 20;
const MAX_LOOK_PAUSE_MS = 5_000;

/** One that could not look for this long is not healthy. */
const STUCK_MS = 30_000;

export interface DueWatchParts {
  due: DueSubscriptions;
  clock: Clock;
  logger: Logger;
}

/** Looks into the database for what this process has not been told of: what is due, and what others have changed. */
export class DueWatch {
  private stopped = false;
  private token: string | undefined;
  private cancelLook: (() => void) | undefined;
  private lookedAt: number;

  constructor(
    private readonly lanes: Lanes,
    private readonly leases: LeaseKeeper,
    private readonly parts: DueWatchParts,
  ) {
    this.lookedAt = parts.clock.elapsed();
  }

  /** Looks at once, and then again and again until {@link stop}. */
  start(): void {
    void this.look();
  }

  stop(): void {
    this.stopped = true;
    this.cancelLook?.();
  }

  health(): CheckResult {
    const stillMs = this.parts.clock.elapsed() - this.lookedAt;
    if (stillMs < STUCK_MS) return { status: 'up' };
    return { status: 'down', detail: `nobody has looked for due callbacks for ${Math.round(stillMs / 1000)} s` };
  }

  private async look(): Promise<void> {
    const { clock, due, logger } = this.parts;
    const begun = clock.elapsed();
    const now = clock.now();
    let pauseMs = LOOK_EVERY_MS;
    try {
      const [token, found] = [await due.token(), await due.find(now + LOOK_EVERY_MS)];
      this.lookedAt = clock.elapsed();
      this.lanes.forgetIdle();
      // Before the first look as well: something may have been leased before it.
      if (this.token !== token) await this.takeBackChanged();
      this.token = token;
      if (!this.stopped) this.awaitDue(found, now);
      const tookMs = clock.elapsed() - begun;
      pauseMs = Math.min(Math.max(LOOK_EVERY_MS, LOOK_SHARE * tookMs), MAX_LOOK_PAUSE_MS);
    } catch (error) {
      logger.error({ reason: messageOf(error) }, 'could not look for due callbacks; trying again');
    }
    if (this.stopped) return;
    this.cancelLook = clock.after(pauseMs, () => void this.look());
  }

  private awaitDue(found: readonly DueSubscription[], now: number): void {
    this.lanes.wake(found.filter(({ dueAt }) => dueAt <= now).map(({ id }) => id));
    for (const { id, dueAt } of found) if (dueAt > now) this.lanes.wakeWhenDue(id, dueAt);
  }

  /**
   * Another process may have changed a subscription, and what is leased here is for its old URL and secret; so may be what
   * is just being leased.
   */
  private async takeBackChanged(): Promise<void> {
    const versions = await this.parts.due.versions();
    const changed = this.lanes.all.filter((lane) => {
      const version = versions.get(lane.subscriptionId);
      if (version === undefined) return true;
      if (lane.leasing) lane.atLeastVersion = version;
      return lane.subscription !== undefined && lane.subscription.version !== version;
    });
    await this.leases.takeBack(changed);
  }
}
