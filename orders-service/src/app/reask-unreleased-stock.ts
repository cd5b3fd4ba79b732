import { republishEvent } from '@holdfast/messaging';
import { type UnitOfWork } from '@holdfast/platform';
import { type OrderRepository } from './ports.js';
import { pauseAfter } from './reask-schedule.js';

// As many at most as are asked for in one sweep of PENDING orders.
const BATCH = 100;

/**
 * Asks again for the release of what cancelled orders hold, as long as nobody has said that it is done: somewhere the
 * command or its answer was lost. The stored command goes out under its own message id; products-service gives back once
 * and answers a repeat with the stored outcome.
 */
export class ReaskUnreleasedStock {
  readonly finding = 'cancelled orders did not hear that their stock was given back: asked for it again';

  constructor(
    private readonly orders: OrderRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @returns for how many orders it asked again. */
  execute(now: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const unreleased = await this.orders.unreleased(tx, now, BATCH);
      for (const { id, asks } of unreleased) {
        await republishEvent(tx, `order/${id}`, 'product.releaseStock');
        await this.orders.postpone(tx, id, now + pauseAfter(asks + 1));
      }
      return unreleased.length;
    });
  }
}
