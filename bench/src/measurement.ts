import { Subject } from './systems/subject.js';

/** What one stretch of load showed. Times in ms, memory in MiB, CPU in seconds. */
export interface Measurement extends CostPerOrder {
  subject: Subject;
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
}

/** What an order took beside CPU and memory. */
export interface CostPerOrder {
  /** Publishes by clients over everything since the start of the system; undefined where it was not asked for. */
  brokerMessagesPerOrder?: number;
  /** What clients have sent to the broker and received from it, likewise. */
  brokerKiBPerOrder?: number;
  /** Of the services' units of work; undefined where nobody counts them. */
  commitsPerOrder: number | undefined;
  /** By which the databases have grown, indexes included. */
  storedKiBPerOrder: number;
  /** Write-ahead log of PostgreSQL; undefined on SQLite. */
  walKiBPerOrder: number | undefined;
  /** Taken by the disk, from everybody who writes to it; undefined where the data is on none. */
  writtenKiBPerOrder: number | undefined;
  flushesPerOrder: number | undefined;
  /** Over the loopback interface: everything that one process says to another, of the load and of others too. */
  networkKiBPerOrder: number;
}
