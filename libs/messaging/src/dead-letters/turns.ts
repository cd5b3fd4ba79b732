import { setTimeout as delay } from 'node:timers/promises';
import { type ProcessLock, TransientError } from '@holdfast/platform';

const LOCK_RETRY_MS = 50;

/**
 * Who looks at letters holds them, and another would see the queue without them: one at a time looks, in this process and
 * in the others that share its database. The lock keeps answers right; letters are safe without it.
 */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly lock: ProcessLock) {}

  /**
   * @param patienceMs how long to wait for the turn.
   * @throws TransientError OVERLOADED when it has not come by then; nothing was done.
   */
  take<T>(patienceMs: number, work: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + patienceMs;
    const turn = this.last.then(() => this.locked(deadline, work));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async locked<T>(deadline: number, work: () => Promise<T>): Promise<T> {
    if (performance.now() > deadline) throw tooLate();
    while (!(await this.lock.take())) {
      if (performance.now() > deadline) throw tooLate();
      await delay(LOCK_RETRY_MS);
    }
    try {
      return await work();
    } finally {
      await this.lock.release();
    }
  }
}

const tooLate = (): TransientError =>
  new TransientError('OVERLOADED', 'others look at the dead letters of this queue; try again in a moment');
