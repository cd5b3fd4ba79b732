import { DatabaseName } from '../databases/database-location.js';
import { machineCpu, otherCpuPercent } from '../meters/machine-usage.js';
import { byName, cpuSeconds, difference, MeteredProcess, memoryByName, scaled, sum } from '../meters/process-usage.js';
import { ReceiptReport } from './receiver/receipts.js';

/** `stored` and `live` are the product: with the deliveries stored beforehand, and from the first publish on. */
export const DELIVERY_FIGURES = ['plain', 'bullmq', 'stored', 'live'] as const;
export type DeliveryFigure = (typeof DELIVERY_FIGURES)[number];

/** What was measured. */
export interface DeliveryCase {
  figure: DeliveryFigure;
  endpoints: number;
  deliveries: number;
  /** Of the product; the others have none. */
  database?: DatabaseName;
}

/** What one run showed. */
export interface DeliveryMeasurement extends DeliveryCase {
  /** From the start until the last callback was acknowledged and the sender was done with it: recorded, removed. */
  perSecond: number;
  /** By process, in microseconds. */
  cpuPerDelivery: Record<string, number>;
  residentMiB: Record<string, number>;
  /** Percent of the machine's CPU time that went to processes outside the measurement. */
  otherCpuPercent: number;
  /** From the event's time to its receipt, at a rate that leaves the machine room. */
  latency?: { perSecond: number; p50Ms: number; p99Ms: number };
  /** Why the figures count for nothing. */
  voidBecause?: string;
}

/** When a run began and ended, in epoch milliseconds, and what was wrong with it. */
export interface Run {
  startedAt: number;
  finishedAt: number;
  fault: string | undefined;
}

/** Measures a run and what the processes used meanwhile. */
export async function measured(
  delivered: DeliveryCase,
  metered: readonly MeteredProcess[],
  run: () => Promise<Run>,
): Promise<DeliveryMeasurement> {
  const machineBefore = machineCpu();
  const cpuBefore = byName(metered, cpuSeconds);
  const { startedAt, finishedAt, fault } = await run();
  const cpu = difference(byName(metered, cpuSeconds), cpuBefore);
  return {
    ...delivered,
    perSecond: (delivered.deliveries * 1000) / (finishedAt - startedAt),
    cpuPerDelivery: scaled(cpu, 1_000_000 / delivered.deliveries),
    residentMiB: memoryByName(metered),
    otherCpuPercent: otherCpuPercent(machineBefore, machineCpu(), sum(cpu)),
    ...(fault !== undefined && { voidBecause: fault }),
  };
}

/** What is wrong with what the receiver saw, where each of `deliveries` was to come once; undefined if nothing. */
export function faultOf(report: ReceiptReport, deliveries: number): string | undefined {
  const { received, distinct, signaturesVerified, signaturesWrong } = report;
  if (signaturesWrong > 0) return `${signaturesWrong} of the signatures that were verified are wrong`;
  if (signaturesVerified === 0) return 'no signature was verified';
  if (received === deliveries && distinct === deliveries) return undefined;
  return `of ${deliveries} callbacks ${distinct} came, and ${received - distinct} of them came again`;
}
