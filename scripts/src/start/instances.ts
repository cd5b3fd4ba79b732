import { freePort } from '@holdfast/local-servers';
import { Part } from './parts.js';
import { StartOptions } from './start-options.js';

/**
 * The parts with their instances. The first of each is the part itself, at its usual port; those beside it have names of
 * their own ("orders.2") and free ports.
 */
export async function instancesOf(parts: readonly Part[], { scale }: Pick<StartOptions, 'scale'>): Promise<Part[]> {
  const instances: Part[] = [];
  for (const part of parts) {
    instances.push(part);
    for (let number = 2; number <= (scale.get(part.name) ?? 1); number += 1) {
      const own = { name: `${part.name}.${number}`, title: `${part.title} ${number}`, port: await freePort() };
      instances.push({ ...part, ...own });
    }
  }
  return instances;
}

/** The instances of every part that has more than one. */
export function scaledParts(instances: readonly Part[]): Part[][] {
  const ofPart = (part: Part) => instances.filter(({ portVariable }) => portVariable === part.portVariable);
  return instances
    .filter(({ port }) => port === undefined)
    .map(ofPart)
    .filter(({ length }) => length > 1);
}
