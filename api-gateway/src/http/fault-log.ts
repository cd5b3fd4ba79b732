import { type ErrorCode } from '@holdfast/contracts';
import { type Logger, messageOf } from '@holdfast/platform';

// Often enough to follow an outage in the log, seldom enough not to fill the disk with it: at 4,000 refused requests a
// second a line each would be 60 MB a minute.
const WINDOW_MS = 10_000;

const FIRST = 'a request failed; more of the same are counted';

/**
 * Logs what an operator has to know about failed requests: the first of its kind at once and in full, then a count every
 * 10 seconds for as long as it goes on.
 */
export class FaultLog {
  private readonly counts = new Map<ErrorCode, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly logger: Pick<Logger, 'warn' | 'error'>) {}

  /** @param cause what was thrown; for the log only. */
  record(code: ErrorCode, requestId: string, cause: unknown): void {
    const seen = this.counts.get(code);
    if (seen !== undefined) {
      this.counts.set(code, seen + 1);
      return;
    }
    this.counts.set(code, 0);
    if (code === 'INTERNAL') this.logger.error({ code, requestId, err: cause }, FIRST);
    else this.logger.warn({ code, requestId, reason: messageOf(cause) }, FIRST);
    this.timer ??= setInterval(() => this.summarise(), WINDOW_MS).unref();
  }

  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.summarise();
  }

  private summarise(): void {
    for (const [code, failed] of this.counts) {
      if (failed === 0) {
        this.counts.delete(code);
        continue;
      }
      const level = code === 'INTERNAL' ? 'error' : 'warn';
      this.logger[level]({ code, failed, withinMs: WINDOW_MS }, 'requests failed');
      this.counts.set(code, 0);
    }
    if (this.counts.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
  }
}
