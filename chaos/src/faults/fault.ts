import { type SeededRandom } from '@holdfast/testing';
import { type History } from '../history/history.js';
import { type Load } from '../load/load.js';
import { type Stand } from '../stand/stand.js';

/** What a fault happens in the middle of. */
export interface Scene {
  stand: Stand;
  load: Load;
  random: SeededRandom;
  history: History;
  /** Messages that were sent to be given up. */
  poisoned: { count: number };
}

/** Something that production has. */
export interface Fault {
  /** Unique; the table and `--fault` name it so. */
  name: string;
  /** How long it lasts by itself; what fits into a short run is chosen by it. */
  seconds: number;
  /** Why it cannot be tried on this stand; undefined where it can. */
  impossibleOn(stand: Stand): string | undefined;
  /**
   * Breaks something while the load goes on, and puts back what somebody would put back in production: a process that
   * ended is started again, a cable plugged in. Everything else is for the product to heal.
   */
  inflict(scene: Scene): Promise<void>;
}

export const always = (): undefined => undefined;

/** Why a fault that the harness brings about did not come about. */
export class FaultFailure extends Error {
  override readonly name = 'FaultFailure';
}
