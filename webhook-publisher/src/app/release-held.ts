import { type UnitOfWork } from '@holdfast/platform';
import { type HeldDeliveries, type PieceDone } from './owner.ports.js';
import { type Clock } from './ports.js';

/**
 * Makes due what an enabled subscription still has postponed, oldest first, piece by piece, so that nobody waits for
 * hundreds of thousands of them. How far each is stands in the database: a restart goes on there.
 */
export class ReleaseHeld {
  constructor(
    private readonly held: HeldDeliveries,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Does one piece. @returns undefined when there is none left to do. */
  execute(): Promise<PieceDone | undefined> {
    return this.unitOfWork.run((tx) => this.held.makeMoreDue(tx, this.clock.now()));
  }
}
