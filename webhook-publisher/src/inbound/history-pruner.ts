import { type Logger, messageOf } from '@holdfast/platform';
import { type PruneHistory } from '../app/delivery/prune-history.js';

const EVERY_MS = 3_600_000;

// Not in the middle of a start, when everything else is busy as well.
const FIRST_AFTER_MS = 60_000;

/** Prunes the history once an hour. */
export class HistoryPruner {
  private readonly stopped = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private sweep: Promise<void> = Promise.resolve();

  constructor(
    private readonly pruneHistory: PruneHistory,
    private readonly logger: Logger,
  ) {}

  start(afterMs = FIRST_AFTER_MS): void {
    this.timer = setTimeout(() => {
      this.sweep = this.prune().finally(() => !this.stopped.signal.aborted && this.start(EVERY_MS));
    }, afterMs);
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    clearTimeout(this.timer);
    await this.sweep;
  }

  private async prune(): Promise<void> {
    try {
      const deliveries = await this.pruneHistory.execute(Date.now(), this.stopped.signal);
      if (deliveries > 0)
        this.logger.info({ deliveries }, 'pruned finished deliveries that are older than the retention');
    } catch (error) {
      this.logger.error({ reason: messageOf(error) }, 'could not prune the history; trying again in an hour');
    }
  }
}
