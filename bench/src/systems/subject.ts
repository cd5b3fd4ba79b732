import { DatabaseName } from '../databases/database-location.js';
import { SystemName } from './system.js';

/** What is measured. */
export interface Subject {
  system: SystemName;
  database: DatabaseName;
  /** Processes of each service that has a database. */
  instances: number;
  gateways: number;
  /** Nodes of the broker. */
  brokers: number;
  /** All orders want one product; otherwise each wants one of 50. */
  hot: boolean;
}

/** As `npm start` runs it: one of everything, on SQLite. */
export const plain = (system: SystemName): Subject => ({
  system,
  database: 'sqlite',
  instances: 1,
  gateways: 1,
  brokers: 1,
  hot: false,
});

/** Its name in reports: the system, and what sets it apart from `plain`. */
export function titleOf({ system, database, instances, gateways, brokers, hot }: Subject): string {
  const parts: string[] = [system];
  if (database !== 'sqlite') parts.push(database);
  if (instances > 1) parts.push(`x${instances}`);
  if (gateways > 1) parts.push(`${gateways} gateways`);
  if (brokers > 1) parts.push(`${brokers} brokers`);
  if (hot) parts.push('hot');
  return parts.join(' ');
}
