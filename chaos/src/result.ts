import { type Verdict } from './invariants/all.js';
import { type Letter } from './invariants/invariant.js';

export interface RoundResult {
  fault: string;
  seconds: number;
  /** Orders that were accepted before, during and after it. */
  orders: number;
  verdict: Verdict;
  /** Why the round could not be held as it should be; undefined when it could. */
  failure: string | undefined;
}

export interface ChaosResult {
  rounds: RoundResult[];
  /** Faults that cannot be tried on this stand. */
  impossible: { name: string; reason: string }[];
  /** Letters of everything that broke. */
  broken: ReadonlySet<Letter>;
  /** Rounds that could not be held as they should be. */
  failed: number;
  /** Highest seen, by service. */
  memoryMb: ReadonlyMap<string, number>;
  /** Most messages that waited in queues at one moment. */
  backlog: number;
}
