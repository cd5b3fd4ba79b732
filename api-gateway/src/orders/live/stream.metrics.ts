import { observedGauge } from '@holdfast/platform';
import { Counter, type Registry } from 'prom-client';

/** Shows how many streams are open, and how many were cut off because nobody read them. */
export class StreamMetrics {
  private readonly cutOff: Counter;

  constructor(registry: Registry, streams: { readonly size: number }) {
    observedGauge(registry, 'holdfast_event_streams', 'Open streams of order events', () => streams.size);
    this.cutOff = new Counter({
      name: 'holdfast_event_streams_cut_total',
      help: 'Streams of order events that were cut off because their reader took nothing for two heartbeats',
      registers: [registry],
    });
  }

  cut(): void {
    this.cutOff.inc();
  }
}
