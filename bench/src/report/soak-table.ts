import { SoakSample } from '../soak.js';
import { memoryVerdict } from './memory-verdict.js';
import { figure, textTable } from './text-table.js';

/** Of the system under load, not of the load. */
const PROCESSES = ['gateway', 'orders', 'products', 'postgres', 'rabbitmq', 'redis'];

/** A line for every sample, resident memory in MiB, and a verdict for every process. */
export function soakTable(samples: readonly SoakSample[]): string {
  const processes = PROCESSES.filter((name) => samples.some(({ residentMiB }) => name in residentMiB));
  const lines = samples.map(({ orders, confirmedPerSecond, residentMiB }) => [
    figure(orders),
    figure(confirmedPerSecond),
    ...processes.map((name) => figure(residentMiB[name])),
  ]);
  const verdicts = processes.map((name) => memoryVerdict(samples.map(({ residentMiB }) => residentMiB[name] ?? 0)));
  return textTable([['orders', 'confirmed/s', ...processes], ...lines, ['', 'memory', ...verdicts]]);
}
