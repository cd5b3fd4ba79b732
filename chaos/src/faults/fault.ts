import { type SeededRandom, type ServiceName } from '@holdfast/testing';
import { type History } from '../history/history.js';
import { type Load } from '../load/load.js';
import { type RestPatience } from '../stand/come-to-rest.js';
import { type Instance } from '../stand/instance.js';
import { type Stand } from '../stand/stand.js';
import { type Limits } from '../watch/limits.js';

/** What a fault happens in the middle of. */
export interface Scene {
  stand: Stand;
  load: Load;
  /** This round's own: a fault that is tried alone draws what it draws among others. */
  random: SeededRandom;
  history: History;
  limits: Limits;
  /** How long everything may take to come to rest afterwards. */
  rest: RestPatience;
  /** Messages that were sent to be given up. */
  poisoned: { count: number };
}

/** Something that production has. */
export interface Fault {
  /** Unique; the table and `--fault` name it so. */
  name: string;
  /** How long it lasts by itself on a quiet machine; a short run begins what fits into the time that it has left. */
  seconds: number;
  /** Why it cannot be tried on this stand; undefined where it can. */
  impossibleOn(stand: Stand): string | undefined;
  /**
   * Breaks something while the load goes on, and puts back what somebody would put back in production: a process that
   * ended is started again, a cable plugged in. Everything else is for the product to heal.
   */
  inflict(scene: Scene): Promise<void>;
}

/** One of the processes of a service, as chance has it. */
export const anyOf = ({ stand, random }: Scene, service: ServiceName): Instance =>
  random.pick(stand.of(service) as [Instance, ...Instance[]]);

export const always = (): undefined => undefined;

/** Why a fault that the harness brings about did not come about. */
export class FaultFailure extends Error {
  override readonly name = 'FaultFailure';
}
