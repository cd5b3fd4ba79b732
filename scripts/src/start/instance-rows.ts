import { Environment } from './environment.js';
import { scaledParts } from './instances.js';
import { baseUrlOf, Part } from './parts.js';

type Row = readonly [label: string, text: string];

/** What the announcement says of parts that run more than once: where each of their instances is. */
export function instanceRows(instances: readonly Part[], environment: Environment): Row[] {
  return scaledParts(instances).map((group) => [
    group[0]?.title ?? '',
    `${group.length} instances: ${group.map((instance) => baseUrlOf(instance, environment)).join(', ')}`,
  ]);
}
