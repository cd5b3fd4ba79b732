import { Measurement } from '../measurement.js';
import { sum } from '../meters/process-usage.js';
import { titleOf } from '../systems/subject.js';
import { median } from './median.js';
import { figure, textTable } from './text-table.js';

/** In the order in which an order meets them. */
const PROCESSES = ['load', 'gateway', 'orders', 'products', 'postgres', 'rabbitmq', 'redis'];

interface Row {
  label: string;
  digits: number;
  value: (measurement: Measurement) => number | undefined;
}

type FiguresByProcess = (measurement: Measurement) => Record<string, number>;

const ROWS: Row[] = [
  { label: 'accepted orders/s', digits: 0, value: (m) => m.acceptedPerSecond },
  { label: 'confirmed orders/s', digits: 0, value: (m) => m.confirmedPerSecond },
  { label: 'p50, ms', digits: 0, value: (m) => m.p50Ms },
  { label: 'p99, ms', digits: 0, value: (m) => m.p99Ms },
  ...sumAndParts('CPU s per 1,000 orders', 3, (m) => m.cpuSecondsPer1000),
  { label: 'broker messages per order', digits: 2, value: (m) => m.brokerMessagesPerOrder },
  { label: 'to and from the broker, KiB per order', digits: 2, value: (m) => m.brokerKiBPerOrder },
  { label: 'over the network, KiB per order', digits: 2, value: (m) => m.networkKiBPerOrder },
  { label: 'commits per order', digits: 2, value: (m) => m.commitsPerOrder },
  { label: 'databases grown, KiB per order', digits: 2, value: (m) => m.storedKiBPerOrder },
  { label: 'PostgreSQL log, KiB per order', digits: 2, value: (m) => m.walKiBPerOrder },
  { label: 'written to disk, KiB per order', digits: 2, value: (m) => m.writtenKiBPerOrder },
  { label: 'flushes of the disk per order', digits: 2, value: (m) => m.flushesPerOrder },
  ...sumAndParts('resident memory, MiB', 0, (m) => m.residentMiB),
  { label: 'CPU used by others, %', digits: 0, value: (m) => m.otherCpuPercent },
];

function sumAndParts(label: string, digits: number, figures: FiguresByProcess): Row[] {
  const parts = PROCESSES.map((name) => ({ label: `  ${name}`, digits, value: (m: Measurement) => figures(m)[name] }));
  return [{ label, digits, value: (m) => sum(figures(m)) }, ...parts];
}

/** One column for each subject, of medians over the rounds, and the ratio of the last one to each of the others. */
export function comparisonTable(measurements: readonly Measurement[]): string {
  const columns = [...new Set(measurements.map(({ subject }) => titleOf(subject)))];
  const last = columns.at(-1) ?? '';
  const references = columns.slice(0, -1);
  const of = (column: string) => measurements.filter(({ subject }) => titleOf(subject) === column);
  const medianOf = (column: string, { value }: Row) => median(of(column).map((m) => value(m) ?? Number.NaN));
  const header = [`median of ${of(last).length}`, ...columns, ...references.map((other) => `${last} / ${other}`)];
  const body = ROWS.filter(({ value }) => measurements.some((m) => value(m) !== undefined)).map((row) => [
    row.label,
    ...columns.map((column) => figure(medianOf(column, row), row.digits)),
    ...references.map((other) => figure(medianOf(last, row) / medianOf(other, row), 2)),
  ]);
  return textTable([header, ...body]);
}
