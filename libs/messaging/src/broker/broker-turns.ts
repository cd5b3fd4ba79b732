/** A connection that ends sooner counts as one that failed: something on it makes the broker end it, and will again. */
const LASTING_MS = 3_000;

/** The same brokers, beginning at any of them: so instances spread over the nodes of a cluster. */
export function startingAnywhere(urls: readonly string[]): string[] {
  const start = Math.floor(Math.random() * urls.length);
  return [...urls.slice(start), ...urls.slice(0, start)];
}

/** Where a broker is, for people: host and port, without login and virtual host. */
export function brokerAddress(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  return `${hostname}:${port || (protocol === 'amqps:' ? 5671 : 5672)}`;
}

/**
 * Whose turn it is to be connected to. When a connection is lost the other brokers are tried at once, one after the
 * other; after all of them have failed there is a pause, in which one that has just died is not knocked at all the time.
 */
export class BrokerTurns {
  private position = 0;
  /** Brokers that failed since the last pause, or since a connection that lasted. */
  private failed = 0;
  private connectedAt = 0;
  private stopped = false;
  private endPause: (() => void) | undefined;

  constructor(
    private readonly urls: readonly string[],
    private readonly pauseMs: number,
  ) {}

  /** Whether every broker has failed, so that a pause comes first. */
  get pauses(): boolean {
    return this.failed >= this.urls.length;
  }

  /**
   * The broker to try now; after the pause, if there is one.
   *
   * @throws Error once it was stopped.
   */
  async next(): Promise<string> {
    if (this.pauses && !this.stopped) {
      await this.pause();
      this.failed = 0;
    }
    const url = this.urls[this.position % this.urls.length];
    if (this.stopped || url === undefined) throw new Error('no broker is to be connected to any more');
    this.position += 1;
    return url;
  }

  /** The one that was tried is there. */
  connected(): void {
    this.connectedAt = Date.now();
  }

  /** The one that was tried cannot be reached, or refuses. */
  connectFailed(): void {
    this.failed += 1;
  }

  /** The connection to the last one has ended. */
  lost(): void {
    const lasted = Date.now() - this.connectedAt >= LASTING_MS;
    this.failed = lasted ? 1 : this.failed + 1;
  }

  /** There is no next one; ends a pause. */
  stop(): void {
    this.stopped = true;
    this.endPause?.();
  }

  private pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.pauseMs);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
