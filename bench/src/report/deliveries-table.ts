import { DELIVERY_FIGURES, DeliveryFigure, DeliveryMeasurement } from '../deliveries/delivery-measurement.js';
import { median } from './median.js';
import { figure, textTable } from './text-table.js';

/** What it takes to send; the receiver and the source of the events are not part of it. */
const SENDING = ['sender', 'postgres', 'rabbitmq', 'redis'];
const BESIDE = ['receiver', 'events'];

const PRODUCT: readonly DeliveryFigure[] = ['stored', 'live'];
const REFERENCES: readonly DeliveryFigure[] = ['plain', 'bullmq'];

interface Row {
  label: string;
  digits: number;
  value: (measurement: DeliveryMeasurement) => number | undefined;
}

const ROWS: Row[] = [
  { label: 'deliveries/s', digits: 0, value: (m) => m.perSecond },
  { label: 'CPU µs per delivery', digits: 0, value: sendingCpu },
  ...[...SENDING, ...BESIDE].map((name) => ({
    label: `  ${BESIDE.includes(name) ? `${name}, not counted` : name}`,
    digits: 0,
    value: (m: DeliveryMeasurement) => m.cpuPerDelivery[name],
  })),
  { label: 'p50, ms', digits: 0, value: (m) => m.latency?.p50Ms },
  { label: 'p99, ms', digits: 0, value: (m) => m.latency?.p99Ms },
  { label: 'resident memory of the sender, MiB', digits: 0, value: (m) => m.residentMiB.sender },
  { label: 'CPU used by others, %', digits: 0, value: (m) => m.otherCpuPercent },
];

/**
 * One column for each way to send, of medians over the rounds, and the product's ratios to the others. Measurements that
 * are void count in no median; below the table each says why.
 */
export function deliveriesTable(measurements: readonly DeliveryMeasurement[]): string {
  const rounds = measurements.filter((m) => m.figure === 'plain').length;
  const ratios = PRODUCT.flatMap((ours) => REFERENCES.map((theirs) => ({ ours, theirs })));
  const header = [`median of ${rounds}`, ...DELIVERY_FIGURES, ...ratios.map(({ ours, theirs }) => `${ours}/${theirs}`)];
  const medianOf = (kind: DeliveryFigure, { value }: Row) =>
    median(measurements.filter((m) => m.figure === kind && !m.voidBecause).map((m) => value(m) ?? Number.NaN));
  const body = ROWS.map((row) => [
    row.label,
    ...DELIVERY_FIGURES.map((kind) => figure(medianOf(kind, row), row.digits)),
    ...ratios.map(({ ours, theirs }) => figure(medianOf(ours, row) / medianOf(theirs, row), 2)),
  ]);
  return [textTable([header, ...body]), ...voidLines(measurements)].join('\n');
}

function voidLines(measurements: readonly DeliveryMeasurement[]): string[] {
  return measurements.flatMap(({ figure: kind, endpoints, voidBecause }) =>
    voidBecause === undefined ? [] : [`A figure of ${kind} (subscribers: ${endpoints}) is void: ${voidBecause}.`],
  );
}

function sendingCpu({ cpuPerDelivery }: DeliveryMeasurement): number {
  return SENDING.reduce((total, name) => total + (cpuPerDelivery[name] ?? 0), 0);
}
