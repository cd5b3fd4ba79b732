import { Counter, type Registry } from 'prom-client';

/** What the consumers of a part report. */
export class ConsumerMetrics {
  private readonly messages: Counter<'pattern' | 'outcome'>;
  private readonly repeats: Counter<'pattern'>;
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
  }

  handled(pattern: string, outcome: 'done' | 'retry' | 'dead-letter' | 'failed'): void {
    this.messages.inc({ pattern, outcome });
  }

  repeated(pattern: string): void {
    this.repeats.inc({ pattern });
  }
}
