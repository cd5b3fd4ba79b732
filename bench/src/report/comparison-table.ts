import { Measurement } from '../measurement.js';
import { sum } from '../meters/process-usage.js';
import { SystemName } from '../systems/system.js';
import { median } from './median.js';
import { figure, textTable } from './text-table.js';

/** In the order in which an order meets them. */
const PROCESSES = ['load', 'gateway', 'orders', 'products', 'rabbitmq', 'redis'];

interface Row {
  label: string;
  digits: number;
  value: (measurement: Measurement) => number | undefined;
}

const ROWS: Row[] = [
  { label: 'accepted orders/s', digits: 0, value: (m) => m.acceptedPerSecond },
  { label: 'confirmed orders/s', digits: 0, value: (m) => m.confirmedPerSecond },
  { label: 'p50, ms', digits: 0, value: (m) => m.p50Ms },
  { label: 'p99, ms', digits: 0, value: (m) => m.p99Ms },
  { label: 'broker messages per order', digits: 2, value: (m) => m.brokerMessagesPerOrder },
  { label: 'CPU s per 1,000 orders', digits: 3, value: (m) => sum(m.cpuSecondsPer1000) },
  ...PROCESSES.map((name) => ({
    label: `  ${name}`,
    digits: 3,
    value: (m: Measurement) => m.cpuSecondsPer1000[name],
  })),
  { label: 'resident memory, MiB', digits: 0, value: (m) => sum(m.residentMiB) },
  ...PROCESSES.map((name) => ({ label: `  ${name}`, digits: 0, value: (m: Measurement) => m.residentMiB[name] })),
  { label: 'CPU used by others, %', digits: 0, value: (m) => m.otherCpuPercent },
];

/** One column for each system, of medians over the rounds, and the product's ratio to each of the others. */
export function comparisonTable(measurements: readonly Measurement[]): string {
  const systems = [...new Set(measurements.map(({ system }) => system))];
  const [rounds] = systems.map((system) => measurements.filter((m) => m.system === system).length);
  const references = systems.includes('product') ? systems.filter((system) => system !== 'product') : [];
  const header = [`median of ${rounds}`, ...systems, ...references.map((reference) => `product/${reference}`)];
  const medianOf = (system: SystemName, { value }: Row) =>
    median(measurements.filter((m) => m.system === system).map((m) => value(m) ?? Number.NaN));
  const body = ROWS.map((row) => [
    row.label,
    ...systems.map((system) => figure(medianOf(system, row), row.digits)),
    ...references.map((reference) => figure(medianOf('product', row) / medianOf(reference, row), 2)),
  ]);
  return textTable([header, ...body]);
}
