import { type Transaction, type UnitOfWork } from '@holdfast/platform';

/** Rows that nobody needs any more after some time. */
export interface Prunable {
  /** What they are, for the log. */
  name: string;
  /** For how long they are kept at least, in milliseconds. */
  keepMs: number;
  /**
   * Takes away rows that were stored before a time (Unix milliseconds).
   *
   * @returns how many, `limit` at most; fewer than that when no more are left.
   */
  prune(tx: Transaction, before: number, limit: number): Promise<number>;
}

/** Rows in one transaction: a millisecond or two, between which messages are handled. */
const BATCH = 200;

/**
 * Takes away what is older than it is kept, in small transactions, until nothing is left to take away, or `stopped`.
 *
 * @returns how many rows it took away.
 */
export async function prune(
  { keepMs, prune: pruneBatch }: Prunable,
  unitOfWork: UnitOfWork,
  now: number,
  stopped: AbortSignal,
): Promise<number> {
  let pruned = 0;
  for (let last = BATCH; last === BATCH && !stopped.aborted; pruned += last) {
    last = await unitOfWork.run((tx) => pruneBatch(tx, now - keepMs, BATCH));
  }
  return pruned;
}
