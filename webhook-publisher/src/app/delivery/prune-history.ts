import { type UnitOfWork } from '@holdfast/platform';
import { type RetentionStore } from '../ports.js';

const DAY_MS = 86_400_000;

/** Rows in one transaction: a few milliseconds, between which callbacks are recorded. */
const BATCH = 200;

/**
 * How long a deleted subscription is left alone: whoever has read that it is there may be about to store something of it,
 * which nobody would ever take away. The longest time limit of a transaction's statements and pauses is one of 60 s.
 */
const DELETED_KEPT_MS = 300_000;

/** Takes away what is older than the retention: finished deliveries with their attempts, payloads and keys. */
export class PruneHistory {
  constructor(
    private readonly store: RetentionStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly retentionDays: number,
  ) {}

  /**
   * Works in small transactions until nothing is left to take away, or `stopped`.
   *
   * @returns how many deliveries it took away. Those that are dead stay until somebody acts.
   */
  async execute(now: number, stopped: AbortSignal): Promise<number> {
    const before = now - this.retentionDays * DAY_MS;
    let pruned = 0;
    let after = '';
    while (!stopped.aborted) {
      const page = await this.unitOfWork.run((tx) => this.store.pruneDeliveries(tx, { before, after, limit: BATCH }));
      pruned += page.pruned;
      if (page.last === undefined) break;
      after = page.last;
    }
    await this.repeat(stopped, (tx) => this.store.pruneDeletedSubscription(tx, now - DELETED_KEPT_MS, BATCH));
    await this.repeat(stopped, (tx) => this.store.pruneIdempotencyKeys(tx, before, BATCH));
    return pruned;
  }

  private async repeat(stopped: AbortSignal, piece: Parameters<UnitOfWork['run']>[0]): Promise<void> {
    while (!stopped.aborted && (await this.unitOfWork.run(piece)) === BATCH);
  }
}
