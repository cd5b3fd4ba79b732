import { type Logger, messageOf, type UnitOfWork } from '@holdfast/platform';
import { type Prunable, prune } from './prunable.js';

const EVERY_MS = 3_600_000;

// Not in the middle of a start, when everything else is busy as well.
const FIRST_AFTER_MS = 60_000;

/** Takes old rows away once an hour. Several instances that do it at once take each row away once. */
export class Pruner {
  private readonly stopped = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private sweep: Promise<void> = Promise.resolve();

  constructor(
    private readonly prunables: readonly Prunable[],
    private readonly unitOfWork: UnitOfWork,
    private readonly logger: Logger,
  ) {}

  start(afterMs = FIRST_AFTER_MS): void {
    this.timer = setTimeout(() => {
      this.sweep = this.pruneAll().finally(() => !this.stopped.signal.aborted && this.start(EVERY_MS));
    }, afterMs).unref();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    clearTimeout(this.timer);
    await this.sweep;
  }

  private async pruneAll(): Promise<void> {
    for (const prunable of this.prunables) await this.pruneOne(prunable);
  }

  private async pruneOne(prunable: Prunable): Promise<void> {
    const { name } = prunable;
    try {
      const rows = await prune(prunable, this.unitOfWork, Date.now(), this.stopped.signal);
      if (rows > 0) this.logger.info({ rows }, `pruned ${name} that are older than they are kept`);
    } catch (error) {
      this.logger.error({ reason: messageOf(error) }, `could not prune ${name}; trying again in an hour`);
    }
  }
}
