import { type Transaction, type UnitOfWork } from '@holdfast/platform';
import { type OrderRepository, type Waiting } from './ports.js';
import { FIRST_ASK_MS, pauseAfter } from './reask-schedule.js';

/** Nearer than that no two clocks are told apart, and nobody minds the wait. */
const TOLERANCE_MS = 60_000;

// The latest first: what a clock that was ahead has scheduled lies behind everything else, but the hourly asks of what
// waits for hours.
const BATCH = 1_000;

/**
 * Moves the asks that a clock ahead of ours has scheduled: an order of which a message was lost would wait until our clock
 * has come so far. Such an ask is further away than the pause that it ends, and comes after that pause from now.
 */
export class MendAskTimes {
  readonly finding = 'orders were to be asked for later than by this clock, one was ahead: moved to when it would be';

  constructor(
    private readonly orders: OrderRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @returns for how many orders. */
  async execute(now: number): Promise<number> {
    return this.unitOfWork.run(
      async (tx) => (await this.mend(tx, 'pending', now)) + (await this.mend(tx, 'unreleased', now)),
    );
  }

  private async mend(tx: Transaction, waiting: Waiting, now: number): Promise<number> {
    const after = now + FIRST_ASK_MS + TOLERANCE_MS;
    const latest = await this.orders.askedLast(tx, waiting, { now, after }, BATCH);
    const wrong = latest.filter(({ asks, askAgainAt }) => askAgainAt > now + pauseAfter(asks) + TOLERANCE_MS);
    for (const { id, asks } of wrong) await this.orders.moveAsk(tx, id, now + pauseAfter(asks));
    return wrong.length;
  }
}
