import { BadBehaviour } from '../receiver/behaviour.js';
import { Latency } from '../receiver/receipts.js';

/**
 * `alone`: the healthy subscribers with nobody else. `first`: from the moment the bad ones turn bad. `after`: from then on,
 * past the deadline of what hangs.
 */
export const FAIRNESS_PHASES = ['alone', 'first', 'after'] as const;
export type FairnessPhase = (typeof FAIRNESS_PHASES)[number];

/** From the events' times to their receipt by the healthy subscribers. */
export interface PhaseFigures extends Latency {
  /** Percent of the machine's CPU time that went to processes outside the measurement. */
  otherCpuPercent: number;
}

/** What one round showed. */
export interface FairnessRound {
  /** `alone` is twice, before and behind the others, so that a machine that grows slower or faster shows in it. */
  phases: Record<FairnessPhase, readonly PhaseFigures[]>;
  /** Recorded attempts at each of the bad subscribers while it was bad; none of them delivered anything. */
  failedAttempts: Record<BadBehaviour, number>;
  /** Why the figures count for nothing. */
  voidBecause?: string;
}

/** What is recorded of a subscriber that answered 200 to `answered` callbacks before it turned bad. */
export interface BadRecord {
  behaviour: BadBehaviour;
  answered: number;
  attempts: number;
  delivered: number;
}

/** Why the bad ones were not as bad as they were to be; undefined if they were. */
export function faultOfBad(records: readonly BadRecord[]): string | undefined {
  for (const { behaviour, answered, attempts, delivered } of records) {
    if (delivered !== answered) return `the one that ${behaviour} has ${delivered} delivered instead of ${answered}`;
    if (attempts === answered) return `no attempt at the one that ${behaviour} is recorded`;
  }
  return undefined;
}

/** Of each, without those of its good time. */
export function failedAttempts(records: readonly BadRecord[]): Record<BadBehaviour, number> {
  const counts: Record<BadBehaviour, number> = { hangs: 0, fails: 0, redirects: 0 };
  for (const { behaviour, attempts, answered } of records) counts[behaviour] = attempts - answered;
  return counts;
}
