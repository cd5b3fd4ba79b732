import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { TransientError } from '../errors.js';
import { type CheckResult } from '../health/health-registry.js';
import { type Logger } from '../logging/logger.js';
import { type Database } from './database.js';
import { type Transaction } from './transaction.js';
import { DATABASE_UNAVAILABLE } from './unavailable.js';

const EVERY_MS = 2_000;

// Larger than most commits, so that what work found no room for does not fit either: a log that could not be extended has
// a rest that one page would go into. Random, because PostgreSQL compresses what it can.
const FILLER = randomBytes(64 * 1024).toString('hex');

interface Outage {
  reason: string;
  /** By `performance.now()`, which nobody sets. */
  since: number;
}

/**
 * Says whether the database takes what is written: a full disk, a server that is away, a file that somebody else holds.
 * A failure alone says little, as it may have been one statement's; nor does a commit that wrote nothing, or found a little
 * room. So after a failure something is written for trial, again and again until it is committed, and what has become of it
 * is what counts. It goes on without any traffic, and is over as soon as the fault is.
 */
export class CommitWatch {
  private outage: Outage | undefined;
  private trying: Promise<void> | undefined;
  private readonly stopped = new AbortController();

  constructor(
    private readonly database: Pick<Database, 'unitOfWork' | 'onUnavailable'>,
    private readonly logger: Logger,
  ) {
    database.onUnavailable(() => {
      this.trying ??= this.tryUntilCommitted().finally(() => {
        this.trying = undefined;
      });
    });
  }

  health(): CheckResult {
    if (!this.outage) return { status: 'up' };
    const { reason, since } = this.outage;
    return { status: 'down', detail: `${reason} (for ${Math.round((performance.now() - since) / 1_000)} s)` };
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.trying;
  }

  private async tryUntilCommitted(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const { reason, isOver } = await this.trial();
      if (isOver || reason !== undefined) this.note(reason);
      if (isOver) return;
      await delay(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Why the database takes nothing; where that is not known, only whether there is anything left to be found out. */
  private async trial(): Promise<{ reason?: string; isOver: boolean }> {
    try {
      await this.database.unitOfWork.run(writeForTrial, 'commit-watch.trial');
      return { isOver: true };
    } catch (error) {
      // The trial's own fault, as where the service may make no table: it says nothing of the storage, and never will.
      if (!(error instanceof TransientError)) return { isOver: true };
      // One that was beaten by others, which says nothing either, until the next.
      return error.code === DATABASE_UNAVAILABLE ? { reason: error.message, isOver: false } : { isOver: false };
    }
  }

  private note(reason: string | undefined): void {
    if (reason === undefined) {
      if (this.outage) this.logger.info('the database commits again');
      this.outage = undefined;
      return;
    }
    if (!this.outage) this.logger.error({ reason }, 'the database commits nothing; trying again until it does');
    this.outage = { reason, since: this.outage?.since ?? performance.now() };
  }
}

/** Asks for new pages on either dialect, and leaves nothing that anybody could see. */
async function writeForTrial(tx: Transaction): Promise<void> {
  await tx.run('CREATE TABLE commit_trial (filler TEXT NOT NULL)');
  await tx.run('INSERT INTO commit_trial (filler) VALUES (?)', [FILLER]);
  await tx.run('DROP TABLE commit_trial');
}
