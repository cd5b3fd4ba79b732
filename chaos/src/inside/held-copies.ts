/** Copies of one channel's messages that are yet to go out. */
export class HeldCopies {
  private readonly waiting = new Map<NodeJS.Timeout, () => void>();

  /** @param send must not throw. */
  add(delayMs: number, send: () => void): void {
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      send();
    }, delayMs);
    this.waiting.set(timer, send);
  }

  /** Sends all of them now: their channel is about to be closed. */
  flush(): void {
    for (const [timer, send] of [...this.waiting]) {
      clearTimeout(timer);
      this.waiting.delete(timer);
      send();
    }
  }
}
