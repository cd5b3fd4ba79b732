import { Gauge, type Registry } from 'prom-client';

/** Shows how many dead letters a queue has, whenever somebody looks; NaN while RabbitMQ does not say. */
export function observeDeadLetters(registry: Registry, queue: string, depth: () => Promise<number>): void {
  new Gauge({
    name: 'holdfast_dead_letters',
    help: 'Messages that could not be processed and wait for an operator',
    labelNames: ['queue'],
    registers: [registry],
    async collect() {
      this.set({ queue }, await depth().catch(() => Number.NaN));
    },
  });
}
