import { type Logger, messageOf } from '@holdfast/platform';

/** Looks for orders that something was lost of, and asks again for up to a batch of them. */
export interface Sweep {
  /** What is logged of the orders that it finds. */
  readonly finding: string;
  /** @returns how many orders it found. */
  execute(now: number): Promise<number>;
}

/** Looks for orders that wait for something that was lost, every few seconds, one sweep at a time. */
export class Reconciler {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly sweeps: readonly Sweep[],
    private readonly intervalMs: number,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.running = this.lookForAll().finally(() => this.timer && this.start());
    }, this.intervalMs);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private async lookForAll(): Promise<void> {
    for (const sweep of this.sweeps) await this.look(sweep);
  }

  private async look(sweep: Sweep): Promise<void> {
    try {
      const orders = await sweep.execute(Date.now());
      if (orders > 0) this.logger.warn({ orders }, sweep.finding);
    } catch (error) {
      this.logger.error(
        { reason: messageOf(error) },
        'could not look for orders to ask again for; the next sweep will',
      );
    }
  }
}
