import { type Logger, messageOf, TransientError, type UnitOfWork } from '@holdfast/platform';
import { type Clock } from '../ports.js';
import { type AttemptToRecord, type RecordAttempt } from './record-attempt.js';

/** More in one transaction would make the first of them wait for the last. */
const BATCH = 250;

/** On PostgreSQL several transactions make progress at a time; on SQLite one does, and the others would only wait. */
const BATCHES_AT_A_TIME = { sqlite: 1, postgres: 4 };

/**
 * How long an attempt waits for others to share its commit, where attempts are many: on SQLite the wait for the disk stops
 * everything else, and nobody but the next event of the same subject waits for the commit.
 */
const LINGER_MS = 20;

/** As many in one commit are many; with fewer nothing is gained by waiting. */
const MANY = 8;

const RETRY_MS = 500;

interface Waiting {
  attempt: AttemptToRecord;
  recorded: (advanced: boolean) => void;
}

/**
 * Writes attempts down, many in one transaction: what came in while the last one was committed. While the database is
 * away they wait here and are tried again; a process that ends before that leaves leases that end, and the callbacks go
 * out again under the same `webhook-id`.
 */
export class AttemptRecorder {
  private waiting: Waiting[] = [];
  private running = 0;
  private readonly atATime: number;
  private idle: (() => void)[] = [];
  private linger: (() => void) | undefined;
  private lingerMs = 0;
  /** What waits has waited long enough, and goes with the next commit. */
  private overdue = false;

  constructor(
    private readonly recordAttempt: RecordAttempt,
    private readonly unitOfWork: UnitOfWork,
    dialect: keyof typeof BATCHES_AT_A_TIME,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.atATime = BATCHES_AT_A_TIME[dialect];
  }

  /** Attempts that are not stored yet. */
  get backlog(): number {
    return this.waiting.length;
  }

  /** Resolves when the attempt is stored, to whether another delivery of its subject has its turn now. */
  record(attempt: AttemptToRecord): Promise<boolean> {
    return new Promise((recorded) => {
      this.waiting.push({ attempt, recorded });
      if (this.waiting.length >= BATCH) this.flush();
      else this.linger ??= this.clock.after(this.lingerMs, () => this.flush());
    });
  }

  /** Resolves when nothing waits. */
  async drain(): Promise<void> {
    this.flush();
    if (this.running > 0 || this.waiting.length > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private flush(): void {
    this.linger?.();
    this.linger = undefined;
    while (this.running < this.atATime && this.waiting.length > 0) {
      this.running += 1;
      void this.store(this.waiting.splice(0, BATCH)).finally(() => this.stored());
    }
    this.overdue = this.waiting.length > 0;
  }

  private stored(): void {
    this.running -= 1;
    if (this.overdue || this.waiting.length >= BATCH) this.flush();
    if (this.running === 0 && this.waiting.length === 0) for (const done of this.idle.splice(0)) done();
  }

  private async store(batch: Waiting[]): Promise<void> {
    this.lingerMs = batch.length < MANY ? 0 : LINGER_MS;
    // By subject and then by subscription, as events are stored: two transactions never wait for each other's rows.
    batch.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    try {
      await this.commit(batch);
    } catch (error) {
      if (error instanceof TransientError) return this.later(batch, error);
      await this.storeApart(batch);
    }
  }

  private async commit(batch: Waiting[]): Promise<void> {
    const now = this.clock.now();
    const advanced = await this.unitOfWork.run(async (tx) => {
      const results: boolean[] = [];
      for (const { attempt } of batch) results.push(await this.recordAttempt.execute(tx, attempt, now));
      return results;
    }, 'attempts.record');
    for (const [index, { recorded }] of batch.entries()) recorded(advanced[index] ?? false);
  }

  private async later(batch: Waiting[], cause: Error): Promise<void> {
    this.logger.warn({ attempts: batch.length, reason: cause.message }, 'attempts could not be stored; trying again');
    await new Promise<void>((resolve) => this.clock.after(RETRY_MS, resolve));
    this.waiting.unshift(...batch);
    this.overdue = true;
  }

  /** One that cannot be stored at all keeps nobody else from it; its delivery goes out again when its lease ends. */
  private async storeApart(batch: Waiting[]): Promise<void> {
    for (const [index, waiting] of batch.entries()) {
      try {
        await this.commit([waiting]);
      } catch (error) {
        if (error instanceof TransientError) return this.later(batch.slice(index), error);
        const { deliveryId } = waiting.attempt;
        this.logger.error({ deliveryId, reason: messageOf(error) }, 'an attempt cannot be stored; it is made again');
        waiting.recorded(false);
      }
    }
  }
}

const keyOf = ({ attempt }: Waiting): string => `${attempt.subject} ${attempt.subscriptionId}`;
