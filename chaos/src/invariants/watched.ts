import { firstOf, type Invariant } from './invariant.js';

/** Nothing stops without saying so. */
export const noSilentStop: Invariant = {
  letter: 'S',
  promise: 'no silent stop: a lost consumer turns readiness red within 30 s, and nothing ends by itself',
  violations: ({ silent }) => firstOf(silent),
};

/** Nothing grows or waits without end. */
export const boundedness: Invariant = {
  letter: 'B',
  promise: 'memory, backlog and request time stay bounded',
  violations: ({ unbounded }) => firstOf(unbounded),
};
