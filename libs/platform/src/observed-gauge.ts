import { Gauge, type Registry } from 'prom-client';

/** A gauge whose value is read when it is scraped; NaN where it cannot be read, so that the other metrics still show. */
export function observedGauge(
  registry: Registry,
  name: string,
  help: string,
  read: () => number | Promise<number>,
): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      try {
        this.set(await read());
      } catch {
        this.set(Number.NaN);
      }
    },
  });
}
