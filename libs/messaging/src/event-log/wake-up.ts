/** Lets one loop wait for work. A signal that comes while nobody waits is not lost. */
export class WakeUp {
  private signalled = false;
  private resume: (() => void) | undefined;

  signal(): void {
    this.signalled = true;
    this.resume?.();
  }

  /** Resolves at the next signal, or at once when there was one since the last wait, or after `timeoutMs`. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.signalled) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.resume = undefined;
    }
    this.signalled = false;
  }
}
