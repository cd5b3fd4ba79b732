import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Bench } from './bench.js';
import { Measurement } from './measurement.js';
import { BenchOptions } from './options.js';
import { Teardown } from './processes/teardown.js';
import { figure } from './report/text-table.js';
import { Subject, titleOf } from './systems/subject.js';

export interface ComparisonSurroundings {
  /** Holds the data of the measurement under way. */
  workDir: string;
  teardown: Teardown;
  /** Hears what happens. */
  progress: (text: string) => void;
}

/** Measures the subjects in turn, so that a machine that grows slower or faster shows in all of them. */
export async function compare(
  subjects: readonly Subject[],
  { until, warmUpSeconds, rounds }: Pick<BenchOptions, 'until' | 'warmUpSeconds' | 'rounds'>,
  connections: number,
  { workDir, teardown, progress }: ComparisonSurroundings,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const subject of subjects) {
      const step = `${titleOf(subject)}, ${connections} connections, round ${round} of ${rounds}`;
      const dataDir = join(workDir, 'comparison');
      const measurement = await teardown.around(async () => {
        progress(`${step}: starting`);
        const bench = await Bench.start({ subject, dataDir }, teardown);
        progress(`${step}: warming up`);
        await bench.warmUp({ connections, until: { seconds: warmUpSeconds } });
        progress(`${step}: measuring`);
        const measured = await bench.measure({ connections, until });
        progress(
          `${step}: ${figure(measured.confirmedPerSecond)} confirmed orders/s; waiting for the broker's counters`,
        );
        return { ...measured, ...(await bench.brokerTrafficPerOrder()) };
      });
      measurements.push(measurement);
      rmSync(dataDir, { recursive: true });
    }
  }
  return measurements;
}
