import { type AmqpProbe, type SeenMessage } from '@holdfast/testing';

/** Everything that passes the exchange for events, as the broker saw it come. */
export class PublishedEvents {
  private constructor(private readonly seen: readonly SeenMessage[]) {}

  /** The exchange has to be there. */
  static async watch(probe: AmqpProbe): Promise<PublishedEvents> {
    return new PublishedEvents(await probe.collect({ exchange: 'events', routingKey: '#' }));
  }

  /** Of these events, those that were published at all, in the order of their first publications. */
  inOrder(ids: readonly string[]): string[] {
    const wanted = new Set(ids);
    return [...this.counts().keys()].filter((id) => wanted.has(id));
  }

  /** The highest number of times that any of these events was published. */
  mostOften(ids: readonly string[]): number {
    const counts = this.counts();
    return ids.reduce((most, id) => Math.max(most, counts.get(id) ?? 0), 0);
  }

  /** Without what somebody has asked for again. */
  private counts(): Map<string, number> {
    const counts = new Map<string, number>();
    const relayed = this.seen.filter(({ headers }) => headers['x-republished'] !== true);
    for (const { messageId = '' } of relayed) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
    return counts;
  }
}
