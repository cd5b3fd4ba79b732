import { type Measurement } from '../measurement.js';
import { plain, type Subject } from '../systems/subject.js';
import { comparisonTable } from './comparison-table.js';

const aMeasurement = (subject: Subject, given: Partial<Measurement> = {}): Measurement => ({
  subject,
  connections: 50,
  accepted: 1_000,
  acceptedPerSecond: 1_000,
  confirmedPerSecond: 1_000,
  p50Ms: 10,
  p99Ms: 20,
  cpuSecondsPer1000: { load: 0.1, orders: 0.4 },
  residentMiB: { orders: 100 },
  otherCpuPercent: 1,
  commitsPerOrder: undefined,
  storedKiBPerOrder: 4,
  walKiBPerOrder: undefined,
  writtenKiBPerOrder: undefined,
  flushesPerOrder: undefined,
  networkKiBPerOrder: 20,
  ...given,
});

const rowOf = (table: string, label: string): string[] | undefined => {
  const line = table.split('\n').find((candidate) => candidate.startsWith(`${label}  `));
  return line
    ?.slice(label.length)
    .trim()
    .split(/\s{2,}/);
};

const onPostgres: Subject = { ...plain('product'), database: 'postgres', instances: 2 };

describe('the table of a comparison', () => {
  const table = comparisonTable([
    aMeasurement(plain('product'), { confirmedPerSecond: 3_000 }),
    aMeasurement(onPostgres, { confirmedPerSecond: 1_000, walKiBPerOrder: 7, cpuSecondsPer1000: { postgres: 0.5 } }),
    aMeasurement(plain('product'), { confirmedPerSecond: 2_000 }),
    aMeasurement(onPostgres, { confirmedPerSecond: 1_500, walKiBPerOrder: 7, cpuSecondsPer1000: { postgres: 0.5 } }),
  ]);

  it('names what sets the subjects apart', () => {
    expect(rowOf(table, 'median of 2')).toEqual(['product', 'product postgres x2', 'product postgres x2 / product']);
  });

  it('shows medians, and the ratio of the last subject to each other', () => {
    expect(rowOf(table, 'confirmed orders/s')).toEqual(['2,500', '1,250', '0.50']);
  });

  it('leaves a dash where a subject has no such process or figure', () => {
    expect(rowOf(table, '  postgres')).toEqual(['-', '0.500', '-']);
    expect(rowOf(table, 'PostgreSQL log, KiB per order')).toEqual(['-', '7.00', '-']);
  });

  it('leaves out what nobody has measured', () => {
    expect(rowOf(table, 'commits per order')).toBeUndefined();
  });
});
