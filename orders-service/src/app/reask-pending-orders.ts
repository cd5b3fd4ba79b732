import { republishEvent } from '@holdfast/messaging';
import { type UnitOfWork } from '@holdfast/platform';
import { type OrderRepository } from './ports.js';
import { pauseAfter } from './reask-schedule.js';

// One sweep asks for so many at most: a long outage must not end in a flood of questions.
const BATCH = 100;

/**
 * Asks again for the stock of orders that stay PENDING: somewhere the question or its answer was lost. The stored
 * command goes out under its own message id, and products answers a repeat with the stored outcome.
 */
export class ReaskPendingOrders {
  readonly finding = 'orders stayed PENDING: asked for their stock again';

  constructor(
    private readonly orders: OrderRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @returns how many orders were asked for again. */
  execute(now: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const overdue = await this.orders.overdue(tx, now, BATCH);
      for (const { id, asks } of overdue) {
        await republishEvent(tx, `order/${id}`, 'product.reserveStock');
        await this.orders.postpone(tx, id, now + pauseAfter(asks + 1));
      }
      return overdue.length;
    });
  }
}
