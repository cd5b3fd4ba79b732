import { type Logger, messageOf } from '@holdfast/platform';
import { type DeliveryWaker } from '../app/ports.js';
import { type WorkOffReplays } from '../app/work-off-replays.js';

/**
 * Works replays off, one piece after the other: when somebody has asked for one, and now and then, for what an earlier
 * process has left.
 */
export class ReplayWorker {
  private running = false;
  private asked = false;
  private working: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly replays: WorkOffReplays,
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

  /** There is a new replay. */
  nudge(): void {
    if (!this.running) return;
    this.asked = true;
    this.working ??= this.work();
  }

  private async work(): Promise<void> {
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
    try {
      while (this.running) {
        const done = await this.replays.execute();
        if (!done) return;
        if (done.deliveries > 0) this.waker.wake([done.subscriptionId]);
      }
    } catch (error) {
      this.logger.error(
        { reason: messageOf(error) },
        'a replay could not be worked off; the next look goes on with it',
      );
    }
  }
}
