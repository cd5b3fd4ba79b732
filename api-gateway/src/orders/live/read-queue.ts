// Reads of 1,000 streams after a reconnect are done in 20 rounds, and leave the requests of others their room.
const AT_ONCE = 50;

// What cannot be read now, because RabbitMQ or the service is away, is tried again after so long.
const AGAIN_AFTER_MS = 3_000;

/** Somebody who has to read something again. */
export interface Reader {
  /** Never called again before it is settled. */
  read(): Promise<void>;
  readonly closed: boolean;
}

/**
 * Lets readers read, a few at a time, each as often as it is asked for after its last read began; what is asked for
 * several times meanwhile is done once. A read that fails is tried again until its reader is closed.
 */
export class ReadQueue {
  private readonly waiting = new Set<Reader>();
  private readonly reading = new Set<Reader>();

  constructor(
    private readonly atOnce = AT_ONCE,
    private readonly againAfterMs = AGAIN_AFTER_MS,
  ) {}

  add(reader: Reader): void {
    this.waiting.add(reader);
    this.next();
  }

  private next(): void {
    for (const reader of this.waiting) {
      if (this.reading.size >= this.atOnce) return;
      // It stays in its place until what it reads now is there: that may be from before it was asked for again.
      if (this.reading.has(reader)) continue;
      this.waiting.delete(reader);
      if (!reader.closed) void this.readOne(reader);
    }
  }

  private async readOne(reader: Reader): Promise<void> {
    this.reading.add(reader);
    try {
      await reader.read();
    } catch {
      setTimeout(() => this.add(reader), this.againAfterMs).unref();
    } finally {
      this.reading.delete(reader);
      this.next();
    }
  }
}
