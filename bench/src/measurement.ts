import { SystemName } from './systems/system.js';

/** What one stretch of load showed. Times in ms, memory in MiB, CPU in seconds. */
export interface Measurement {
  system: SystemName;
  connections: number;
  accepted: number;
  acceptedPerSecond: number;
  /** Orders per second from the first request until the last order was CONFIRMED. */
  confirmedPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** By process, as the memory below. */
  cpuSecondsPer1000: Record<string, number>;
  residentMiB: Record<string, number>;
  /** Percent of the machine's CPU time that went to processes outside the measurement. */
  otherCpuPercent: number;
  /** Publishes by clients over everything since the start of the system; undefined where it was not asked for. */
  brokerMessagesPerOrder?: number;
}
