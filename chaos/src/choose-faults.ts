import { type SeededRandom } from '@holdfast/testing';
import { FAULTS, KINDS } from './faults/all.js';
import { controlsOn, faultThatShows } from './faults/build.faults.js';
import { type Fault } from './faults/fault.js';
import { type ChaosOptions } from './options.js';
import { type Stand } from './stand/stand.js';

export interface Choice {
  faults: Fault[];
  /** Those that cannot be tried here, and why. */
  impossible: { name: string; reason: string }[];
}

/** The faults of a run in their order, by the seed. */
export function chooseFaults(options: ChaosOptions, stand: Stand, random: SeededRandom): Choice {
  if (options.controls) return { faults: controlsOn(options), impossible: [] };
  if (options.build && options.faults.length === 0) return { faults: [faultThatShows(options.build)], impossible: [] };
  const asked = FAULTS.filter(({ name }) => isAskedFor(name, options.faults));
  const impossible = asked.flatMap((fault) => {
    const reason = fault.impossibleOn(stand);
    return reason === undefined ? [] : [{ name: fault.name, reason }];
  });
  const possible = new Set(asked.filter((fault) => fault.impossibleOn(stand) === undefined));
  const kinds = KINDS.map((faults) => faults.filter((fault) => possible.has(fault)));
  return { faults: inOrder(kinds, random), impossible };
}

/** One of each kind, so that a run that ends early has tried something of all of them; then the others. */
export function inOrder<T>(kinds: readonly (readonly T[])[], random: SeededRandom): T[] {
  const shuffled = random.shuffled(kinds.map((faults) => random.shuffled(faults)));
  const firsts = shuffled.flatMap((faults) => faults.slice(0, 1));
  return [...firsts, ...random.shuffled(shuffled.flatMap((faults) => faults.slice(1)))];
}

/** A whole name means that fault alone, also where others have it in theirs. */
const isAskedFor = (name: string, parts: readonly string[]): boolean =>
  parts.length === 0 || parts.some((part) => (isName(part) ? name === part : name.includes(part)));

const isName = (part: string): boolean => FAULTS.some(({ name }) => name === part);
