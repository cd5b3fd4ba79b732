import { type SeededRandom } from '@holdfast/testing';
import { FAULTS } from './faults/all.js';
import { faultThatShows } from './faults/build.faults.js';
import { type Fault } from './faults/fault.js';
import { type ChaosOptions } from './options.js';
import { type Stand } from './stand/stand.js';

/** What load before and after a fault, coming to rest and looking take. */
const ROUND_SECONDS = 4;

export interface Choice {
  faults: Fault[];
  /** Those that cannot be tried here, and why. */
  impossible: { name: string; reason: string }[];
}

/** The faults of a run in their order, by the seed: all of them, or as many as the time is for, of every length. */
export function chooseFaults(options: ChaosOptions, stand: Stand, random: SeededRandom): Choice {
  if (options.build && options.faults.length === 0) return { faults: [faultThatShows(options.build)], impossible: [] };
  const asked = FAULTS.filter(
    ({ name }) => options.faults.length === 0 || options.faults.some((part) => name.includes(part)),
  );
  const impossible = asked.flatMap((fault) => {
    const reason = fault.impossibleOn(stand);
    return reason === undefined ? [] : [{ name: fault.name, reason }];
  });
  const possible = random.shuffled(asked.filter((fault) => fault.impossibleOn(stand) === undefined));
  return { faults: options.seconds === undefined ? possible : fitting(possible, options.seconds), impossible };
}

/** Long ones are taken while they fit, too: what is left of the time is for shorter ones. */
function fitting(faults: readonly Fault[], seconds: number): Fault[] {
  let left = seconds;
  return faults.filter((fault) => {
    const takes = fault.seconds + ROUND_SECONDS;
    if (takes > left) return false;
    left -= takes;
    return true;
  });
}
