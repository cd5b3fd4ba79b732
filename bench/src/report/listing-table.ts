import { ListingMeasurement } from '../listing/listing-measurement.js';
import { figure, textTable } from './text-table.js';

/** One row for each list; `deep` is the page that the second column names. */
export function listingTable(measurements: readonly ListingMeasurement[]): string {
  const header = ['list', 'deep page', 'p50 ms', 'deep', 'p99 ms', 'deep', 'CPU µs', 'deep', 'deep/first'];
  const body = measurements.map(({ list, deepPage, first, deep }) => [
    list,
    figure(deepPage),
    figure(first.p50Ms, 2),
    figure(deep.p50Ms, 2),
    figure(first.p99Ms, 1),
    figure(deep.p99Ms, 1),
    figure(first.cpuUs),
    figure(deep.cpuUs),
    figure(deep.p50Ms / first.p50Ms, 2),
  ]);
  return textTable([header, ...body]);
}
