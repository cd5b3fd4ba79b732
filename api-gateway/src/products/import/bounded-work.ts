/** Runs pieces of work side by side, so many at a time. */
export class BoundedWork {
  private running = 0;
  private failure: { error: unknown } | undefined;
  private wake: (() => void) | undefined;

  constructor(private readonly max: number) {}

  /**
   * Starts a piece when there is room for it.
   *
   * @throws what an earlier piece has thrown; this one is not started then.
   */
  async start(work: () => Promise<void>): Promise<void> {
    await this.until(() => this.running < this.max || this.failure !== undefined);
    this.throwFailure();
    this.running += 1;
    void work()
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => {
        this.running -= 1;
        this.wake?.();
      });
  }

  /** Resolves when nothing runs any more. */
  idle(): Promise<void> {
    return this.until(() => this.running === 0);
  }

  /** @throws what the first piece that failed has thrown, when all are done. */
  async done(): Promise<void> {
    await this.idle();
    this.throwFailure();
  }

  private throwFailure(): void {
    if (this.failure) throw this.failure.error;
  }

  /** For one caller at a time, which is what a loop is. */
  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
