/** Retries wait up to this much longer or shorter, so that those of one outage do not come back all at once. */
const JITTER = 0.2;

/** When failed deliveries are tried again. Delays in milliseconds, one per retry. */
export class RetrySchedule {
  constructor(private readonly delaysMs: readonly number[]) {}

  /**
   * The pause before the next attempt, or undefined when there is none left.
   *
   * @param tries failed attempts so far, from 1.
   * @param random from 0 to 1; 0.5 gives the delay as it is configured.
   */
  pauseAfter(tries: number, random: number): number | undefined {
    const delayMs = this.delaysMs[tries - 1];
    return delayMs === undefined ? undefined : Math.round(delayMs * (1 + JITTER * (2 * random - 1)));
  }

  /** The longest that the pause may be; 0 when there is none left. */
  longestPauseAfter(tries: number): number {
    return this.pauseAfter(tries, 1) ?? 0;
  }
}
