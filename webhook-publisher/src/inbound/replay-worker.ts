import { type Logger, messageOf } from '@holdfast/platform';
import { type PieceDone } from '../app/owner.ports.js';
import { type DeliveryWaker } from '../app/ports.js';
import { type ReleaseHeld } from '../app/release-held.js';
import { ReplayFailed, type WorkOffReplays } from '../app/work-off-replays.js';

/**
 * Works off what owners have asked for and is too much for one transaction, replays and what is held when a subscription
 * is enabled, one piece after the other: when somebody has asked, and now and then, for what an earlier process has left.
 */
export class ReplayWorker {
  private running = false;
  private asked = false;
  private working: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly work: { replays: WorkOffReplays; held: ReleaseHeld },
    private readonly waker: Pick<DeliveryWaker, 'wake'>,
    private readonly intervalMs: number,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.running = true;
    this.nudge();
  }

  /** Ends after the piece that is under way. */
  async stop(): Promise<void> {
    this.running = false;
    clearTimeout(this.timer);
    await this.working;
  }

  /** There may be something new to do. */
  nudge(): void {
    if (!this.running) return;
    this.asked = true;
    this.working ??= this.workOff();
  }

  private async workOff(): Promise<void> {
    clearTimeout(this.timer);
    // What is asked for while the last piece is done may have come too late for it.
    while (this.running && this.asked) {
      this.asked = false;
      await this.drain();
    }
    this.working = undefined;
    if (this.running) this.timer = setTimeout(() => this.nudge(), this.intervalMs);
  }

  private async drain(): Promise<void> {
    await this.drainHeld();
    await this.drainReplays();
  }

  private async drainHeld(): Promise<void> {
    const { held } = this.work;
    try {
      while (this.running && this.woken(await held.execute()));
    } catch (error) {
      this.logger.error(
        { reason: messageOf(error) },
        'what was held could not be made due; the next look goes on with it',
      );
    }
  }

  /** A replay that fails is left out until the next look: it would keep all the later ones waiting. */
  private async drainReplays(): Promise<void> {
    const failed: string[] = [];
    while (this.running) {
      try {
        if (!this.woken(await this.work.replays.execute(failed))) return;
      } catch (error) {
        this.logger.error(
          { reason: messageOf(error) },
          'a replay could not be worked off; the next look goes on with it',
        );
        if (!(error instanceof ReplayFailed)) return;
        failed.push(error.replayId);
      }
    }
  }

  /** Wakes what a piece has made due. @returns whether there may be another piece. */
  private woken(done: PieceDone | undefined): boolean {
    if (done && done.deliveries > 0) this.waker.wake([done.subscriptionId]);
    return done !== undefined;
  }
}
