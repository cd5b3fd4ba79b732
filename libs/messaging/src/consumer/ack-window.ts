/** What the window needs of a channel. */
export interface Acker {
  ack(deliveryTag: number, allUpTo: boolean): void;
}

/**
 * Acks of one channel, gathered over a turn of the event loop. A group commit settles many deliveries at once, mostly the
 * oldest ones: those are acked with one frame ("multiple"), which the quorum queue also stores as one command. What is
 * settled out of turn is acked by itself, so that one slow message holds nobody's ack back. No tag is acked twice.
 */
export class AckWindow {
  private readonly outstanding: number[] = [];
  private head = 0;
  private readonly settled = new Set<number>();
  private readonly acked = new Set<number>();

  constructor(private readonly acker: Acker) {}

  /** A delivery has come; tags rise by one on a channel. */
  delivered(tag: number): void {
    this.outstanding.push(tag);
  }

  /** The delivery is done with and may be acked at the next {@link flush}. */
  settle(tag: number): void {
    this.settled.add(tag);
  }

  /** Deliveries that are not acked yet. */
  get size(): number {
    return this.outstanding.length - this.head - this.acked.size;
  }

  flush(): void {
    this.ackOldest();
    for (const tag of this.settled) {
      this.acker.ack(tag, false);
      this.acked.add(tag);
    }
    this.settled.clear();
  }

  private ackOldest(): void {
    let last: number | undefined;
    let count = 0;
    for (; this.head < this.outstanding.length; this.head += 1) {
      const tag = this.outstanding[this.head] as number;
      if (this.acked.delete(tag)) continue;
      if (!this.settled.delete(tag)) break;
      last = tag;
      count += 1;
    }
    if (last !== undefined) this.acker.ack(last, count > 1);
    if (this.head > 1_000) {
      this.outstanding.splice(0, this.head);
      this.head = 0;
    }
  }
}
