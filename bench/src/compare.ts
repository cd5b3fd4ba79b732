import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Bench } from './bench.js';
import { Measurement } from './measurement.js';
import { BenchOptions } from './options.js';
import { Teardown } from './processes/teardown.js';
import { figure } from './report/text-table.js';

/**
 * Measures the systems in turn, so that a machine that grows slower or faster shows in both; `workDir` holds the data of
 * the measurement under way. `progress` hears what happens.
 */
export async function compare(
  options: BenchOptions,
  connections: number,
  { workDir, teardown, progress }: { workDir: string; teardown: Teardown; progress: (text: string) => void },
): Promise<Measurement[]> {
  const { until, warmUpSeconds, rounds } = options;
  const measurements: Measurement[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const system of options.systems) {
      const step = `${system}, ${connections} connections, round ${round} of ${rounds}`;
      const dataDir = join(workDir, `${system}-${connections}-${round}`);
      const measurement = await teardown.around(async () => {
        progress(`${step}: starting`);
        const bench = await Bench.start({ system, dataDir }, teardown);
        progress(`${step}: warming up`);
        await bench.warmUp({ connections, until: { seconds: warmUpSeconds } });
        progress(`${step}: measuring`);
        const measured = await bench.measure({ connections, until });
        progress(
          `${step}: ${figure(measured.confirmedPerSecond)} confirmed orders/s; waiting for the broker's counters`,
        );
        return { ...measured, brokerMessagesPerOrder: await bench.brokerMessagesPerOrder() };
      });
      measurements.push(measurement);
      rmSync(dataDir, { recursive: true });
    }
  }
  return measurements;
}
