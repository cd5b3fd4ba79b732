import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseName } from '../databases/database-location.js';
import { Teardown } from '../processes/teardown.js';
import { figure } from '../report/text-table.js';
import { DeliveryMeasurement } from './delivery-measurement.js';
import { DeliverySetup, measureBaseline } from './measure-baseline.js';
import { measureProduct } from './measure-product.js';
import { BASELINES } from './senders/baseline-sender.js';

export interface DeliveryOptions {
  /** Of the product, one comparison each. */
  databases: DatabaseName[];
  /** Numbers of subscribers, one comparison each. */
  endpoints: number[];
  /** Of one measurement. */
  deliveries: number;
  bullmqConcurrency: number;
}

/** A quarter of the measurement is enough for the compiler, and for every connection to be open. */
const WARM_UP_SHARE = 4;

/** What one comparison is of. */
export interface DeliveryComparison {
  database: DatabaseName;
  endpoints: number;
}

export const comparisons = ({ databases, endpoints: numbers }: DeliveryOptions): DeliveryComparison[] =>
  databases.flatMap((database) => numbers.map((endpoints) => ({ database, endpoints })));

/**
 * Measures all senders in turn, so that a machine that grows slower or faster shows in all; `workDir` holds the data of
 * the measurement under way. `progress` hears what happens.
 */
export async function compareDeliveries(
  options: DeliveryOptions,
  { database, endpoints }: DeliveryComparison,
  { rounds, workDir, teardown, progress }: Surroundings,
): Promise<DeliveryMeasurement[]> {
  const measurements: DeliveryMeasurement[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const system of [...BASELINES, 'product'] as const) {
      const step = `deliveries, ${nameOf(system, database)}, subscribers: ${endpoints}, round ${round} of ${rounds}`;
      progress(`${step}: measuring`);
      const dataDir = join(workDir, `deliveries-${nameOf(system, database)}-${endpoints}-${round}`);
      mkdirSync(dataDir, { recursive: true });
      const setup = setupOf(options, { database, endpoints }, dataDir);
      const results = await teardown.around(async () =>
        system === 'product' ? measureProduct(setup, teardown) : [await measureBaseline(system, setup, teardown)],
      );
      for (const result of results) progress(`${step}, ${result.figure}: ${figure(result.perSecond)} deliveries/s`);
      measurements.push(...results);
      rmSync(dataDir, { recursive: true });
    }
  }
  return measurements;
}

interface Surroundings {
  rounds: number;
  workDir: string;
  teardown: Teardown;
  progress: (text: string) => void;
}

const nameOf = (system: string, database: DatabaseName): string =>
  system === 'product' ? `${system}-${database}` : system;

function setupOf(options: DeliveryOptions, comparison: DeliveryComparison, dataDir: string): DeliverySetup {
  const { deliveries, bullmqConcurrency } = options;
  return { ...comparison, deliveries, warmUp: Math.ceil(deliveries / WARM_UP_SHARE), bullmqConcurrency, dataDir };
}
