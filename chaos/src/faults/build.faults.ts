import { BROKEN_BUILDS } from '../builds/all.js';
import { type BrokenBuild } from '../builds/broken-build.js';
import { type ChaosOptions } from '../options.js';
import { deleteQueue } from '../stand/broker.js';
import { certainAfterMs } from '../watch/limits.js';
import { always, anyOf, type Fault, type Scene } from './fault.js';
import { repeated } from './message.faults.js';
import { pause } from './pause.js';
import { endsAtPoint } from './process.faults.js';
import { suspend } from './standstill.faults.js';

/** How often a process ends: chance may spare a broken build once. */
const ENDS = 2;

/** Orders after each end; and after none, as many as show what a few in a hundred show. */
const ORDERS_AFTER_END = 60;
const ORDERS_WITHOUT_END = 180;

/** Looks at the system come once a second, and may be late. */
const LOOKS_MS = 3_000;

/** The fault under which a broken build shows what is wrong with it. */
export function faultThatShows(build: BrokenBuild): Fault {
  if (build.needsRepeats) return repeated;
  return { name: `what shows ${build.name}: ${build.needs}`, seconds: 10, impossibleOn: always, inflict: done(build) };
}

/** The faults that show the broken builds of a stand, each once: under them the product as it is has to hold. */
export function controlsOn({ dialect, instances }: Pick<ChaosOptions, 'dialect' | 'instances'>): Fault[] {
  const shown = BROKEN_BUILDS.filter((build) => build.dialects[0] === dialect && build.instances === instances);
  const byDeed = new Map(shown.map((build) => [JSON.stringify(deedOf(build)), build]));
  return [...byDeed.values()].map(faultThatShows);
}

const deedOf = ({ needsRepeats, deletes, suspends, endsAt }: BrokenBuild) => [needsRepeats, deletes, suspends, endsAt];

function done({ deletes, suspends, endsAt }: BrokenBuild): Fault['inflict'] {
  if (deletes !== undefined) return (scene) => deleteAndWait(scene, deletes);
  if (suspends) return (scene) => suspend(anyOf(scene, suspends.service), suspends.ms);
  if (!endsAt) return ({ load }) => load.goesOn(ORDERS_WITHOUT_END);
  return async (scene) => {
    for (let ends = 0; ends < ENDS; ends += 1) {
      await endsAtPoint(scene, anyOf(scene, endsAt.service), { ...endsAt, act: 'kill' });
      await scene.load.goesOn(ORDERS_AFTER_END);
    }
  };
}

/** Until the watch can be certain of what has not come back; in quiet, since orders of so long take as long to be told of. */
async function deleteAndWait({ stand, load, limits, random }: Scene, queue: string): Promise<void> {
  await load.pause();
  await deleteQueue(stand.broker, queue);
  await pause(certainAfterMs(limits) + LOOKS_MS);
  load.start(random.fork());
}
