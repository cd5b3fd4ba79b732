import { agreement } from './agreement.js';
import { conservation } from './conservation.js';
import { exactlyOnce } from './exactly-once.js';
import { immutability } from './immutability.js';
import { type Evidence, type Invariant, type Letter } from './invariant.js';
import { liveness } from './liveness.js';
import { boundedness, noSilentStop } from './watched.js';
import { webhooks } from './webhooks.js';

export const INVARIANTS: readonly Invariant[] = [
  conservation,
  liveness,
  exactlyOnce,
  agreement,
  immutability,
  webhooks,
  noSilentStop,
  boundedness,
];

/** What each broken invariant says; the ones that hold are not in it. */
export type Verdict = ReadonlyMap<Letter, readonly string[]>;

export function judge(evidence: Evidence): Verdict {
  const broken = INVARIANTS.map(({ letter, violations }) => [letter, violations(evidence)] as const);
  return new Map(broken.filter(([, sentences]) => sentences.length > 0));
}
