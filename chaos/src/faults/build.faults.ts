import { type BrokenBuild } from '../builds/broken-build.js';
import { always, type Fault } from './fault.js';
import { repeated } from './message.faults.js';
import { anyOf, endsAtPoint } from './process.faults.js';

/** How often what shows it is done: chance may spare a broken build once. */
const TIMES = 3;

/** The fault under which a broken build shows what is wrong with it. */
export function faultThatShows({ name, needs, needsRepeats, endsAt }: BrokenBuild): Fault {
  if (needsRepeats) return repeated;
  return {
    name: `what shows ${name}: ${needs}`,
    seconds: 10,
    impossibleOn: always,
    inflict: async (scene) => {
      for (let times = 0; times < TIMES; times += 1) {
        if (endsAt) await endsAtPoint(scene, anyOf(scene, endsAt.service), { ...endsAt, act: 'kill' });
        await scene.load.goesOn(60);
      }
    },
  };
}
