import { withProbe } from '@holdfast/testing';

// With replicas on all nodes of a cluster: it loses nothing with a node, as a queue that ends with its connection would.
const QUEUE = 'everything-published';

/** Everything that passes the exchange for events, in the order in which the broker has it. */
export class PublishedEvents {
  private readonly counts = new Map<string, number>();

  private constructor(private readonly amqpUrl: string) {}

  /** From now on everything is kept. The exchange has to be there. */
  static async keep(amqpUrl: string): Promise<PublishedEvents> {
    await withProbe(amqpUrl, async ({ raw }) => {
      await raw.assertQueue(QUEUE, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
      await raw.bindQueue(QUEUE, 'events', '#');
    });
    return new PublishedEvents(amqpUrl);
  }

  /** Takes in what is kept and what comes, for as long as `look` runs; the broker has to stay as it is meanwhile. */
  during<T>(look: () => Promise<T>): Promise<T> {
    return withProbe(this.amqpUrl, async ({ raw }) => {
      await raw.consume(QUEUE, (message) => {
        if (!message) return;
        this.count(message.properties.messageId, message.properties.headers);
        raw.ack(message);
      });
      return look();
    });
  }

  /** Of these events, those that were published at all, in the order of their first publications. */
  inOrder(ids: readonly string[]): string[] {
    const wanted = new Set(ids);
    return [...this.counts.keys()].filter((id) => wanted.has(id));
  }

  /** The highest number of times that any of these events was published. */
  mostOften(ids: readonly string[]): number {
    return ids.reduce((most, id) => Math.max(most, this.counts.get(id) ?? 0), 0);
  }

  private count(messageId: unknown, headers: Record<string, unknown> = {}): void {
    // What somebody has asked for again is not counted.
    if (typeof messageId !== 'string' || headers['x-republished'] === true) return;
    this.counts.set(messageId, (this.counts.get(messageId) ?? 0) + 1);
  }
}
