import { type Logger, messageOf } from '@holdfast/platform';
import { type ReaskPendingOrders } from '../app/reask-pending-orders.js';

/** Looks for orders that stay PENDING, every few seconds, one sweep at a time. */
export class Reconciler {
  private timer: NodeJS.Timeout | undefined;
  private sweep: Promise<void> = Promise.resolve();

  constructor(
    private readonly reask: ReaskPendingOrders,
    private readonly intervalMs: number,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.sweep = this.look().finally(() => this.timer && this.start());
    }, this.intervalMs);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.sweep;
  }

  private async look(): Promise<void> {
    try {
      const asked = await this.reask.execute(Date.now());
      if (asked > 0) this.logger.warn({ orders: asked }, 'orders stayed PENDING: asked for their stock again');
    } catch (error) {
      this.logger.error(
        { reason: messageOf(error) },
        'could not look for orders that stay PENDING; the next sweep will',
      );
    }
  }
}
