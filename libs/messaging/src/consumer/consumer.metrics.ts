import { Counter, Gauge, type Registry } from 'prom-client';

/** What the consumers of a part report. */
export class ConsumerMetrics {
  private readonly messages: Counter<'pattern' | 'outcome'>;
  private readonly bound = new Map<string, Counter.Internal>();
  private readonly repeats: Counter<'pattern'>;
  private readonly busyQueues = new Map<string, () => number>();
  /** Messages that went without Redis because it was away. */
  readonly withoutRedis: Counter;

  constructor(registry: Registry) {
    this.messages = new Counter({
      name: 'holdfast_messages_total',
      help: 'Messages taken from the queues, by what became of them: done, retry, dead-letter, failed',
      labelNames: ['pattern', 'outcome'],
      registers: [registry],
    });
    this.repeats = new Counter({
      name: 'holdfast_message_repeats_total',
      help: 'Messages that Redis knew as processed already',
      labelNames: ['pattern'],
      registers: [registry],
    });
    this.withoutRedis = new Counter({
      name: 'holdfast_messages_without_redis_total',
      help: 'Messages handled by the database alone because Redis was away',
      registers: [registry],
    });
    const { busyQueues } = this;
    new Gauge({
      name: 'holdfast_messages_being_handled',
      help: 'Messages taken from a queue whose fate is not decided yet',
      labelNames: ['queue'],
      registers: [registry],
      collect() {
        for (const [queue, busy] of busyQueues) this.set({ queue }, busy());
      },
    });
  }

  /** Shows how many messages of a queue are being handled, whenever somebody looks. */
  watchBusy(queue: string, busy: () => number): void {
    this.busyQueues.set(queue, busy);
  }

  handled(pattern: string, outcome: 'done' | 'retry' | 'dead-letter' | 'failed'): void {
    // Finding a counter by its labels hashes them; once per message that shows.
    const key = `${outcome} ${pattern}`;
    let counter = this.bound.get(key);
    if (!counter) {
      counter = this.messages.labels({ pattern, outcome });
      this.bound.set(key, counter);
    }
    counter.inc();
  }

  repeated(pattern: string): void {
    this.repeats.inc({ pattern });
  }
}
