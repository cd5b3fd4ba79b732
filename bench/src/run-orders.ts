import { join } from 'node:path';
import { Bench } from './bench.js';
import { type ComparisonSurroundings, compare } from './compare.js';
import { Measurement } from './measurement.js';
import { BenchOptions } from './options.js';
import { comparisonTable } from './report/comparison-table.js';
import { writeResults } from './report/results-file.js';
import { soakTable } from './report/soak-table.js';
import { figure } from './report/text-table.js';
import { soak } from './soak.js';
import { plain, titleOf } from './systems/subject.js';

export interface RunSurroundings extends ComparisonSurroundings {
  /** Gets a file of figures. */
  resultsDir: string;
}

/** Compares the subjects, once for each number of connections. */
export async function runComparisons(options: BenchOptions, surroundings: RunSurroundings): Promise<void> {
  const all: Measurement[] = [];
  for (const connections of options.connections) {
    const measurements = await compare(options.subjects, options, connections, surroundings);
    all.push(...measurements);
    process.stdout.write(`\n${connections} connections\n${comparisonTable(measurements)}\n\n`);
  }
  const file = writeResults(surroundings.resultsDir, { options, measurements: all });
  surroundings.progress(`Results: ${file}`);
}

/** Orders for one product beside orders for 50, once for each database and number of connections. */
export async function runHot(options: BenchOptions, surroundings: RunSurroundings): Promise<void> {
  const all: Measurement[] = [];
  for (const pair of options.hot) {
    for (const connections of options.connections) {
      const measurements = await compare(pair, options, connections, surroundings);
      all.push(...measurements);
      process.stdout.write(`\nOne product, ${connections} connections\n${comparisonTable(measurements)}\n\n`);
    }
  }
  const file = writeResults(surroundings.resultsDir, { options, measurements: all });
  surroundings.progress(`Results: ${file}`);
}

/** Runs so many orders through one system and shows its memory on the way. */
export async function runSoak(options: BenchOptions, orders: number, surroundings: RunSurroundings): Promise<void> {
  const { workDir, resultsDir, teardown, progress } = surroundings;
  const subject = options.subjects.at(-1) ?? plain('product');
  const title = titleOf(subject);
  const connections = options.connections[0] ?? 50;
  const samples = await teardown.around(async () => {
    progress(`${title}: starting`);
    const bench = await Bench.start({ subject, dataDir: join(workDir, 'soak') }, teardown);
    return soak(bench, { orders, connections }, (sample) => {
      progress(`${title}: ${figure(sample.orders)} of ${figure(orders)} orders confirmed`);
    });
  });
  process.stdout.write(`\n${title}, ${connections} connections, resident memory in MiB\n${soakTable(samples)}\n\n`);
  progress(`Results: ${writeResults(resultsDir, { options, soak: samples })}`);
}
