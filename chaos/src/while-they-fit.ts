import { type Fault } from './faults/fault.js';

/** What load before and after a fault, coming to rest and looking take. */
const ROUND_SECONDS = 6;

/** What ending everything takes. */
const END_SECONDS = 3;

/**
 * The faults in their order, each of them only if it can be over by the end of the time, on a machine that is as slow as it
 * has been so far. A run that has tried nothing proves nothing: where the start has used up the time, the shortest is tried.
 *
 * @param secondsLeft asked before and after each fault.
 */
export function* whileTheyFit(faults: readonly Fault[], secondsLeft: () => number): Generator<Fault> {
  const pace = new Pace();
  const firstOf = (waiting: readonly Fault[]): Fault | undefined =>
    waiting.find((fault) => pace.takes(fault) + END_SECONDS <= secondsLeft());
  let waiting = faults;
  for (let next = firstOf(waiting) ?? shortestOf(faults); next; next = firstOf(waiting)) {
    const chosen = next;
    waiting = waiting.filter((fault) => fault !== chosen);
    const before = secondsLeft();
    yield chosen;
    pace.took(chosen, before - secondsLeft());
  }
}

/** How much longer everything takes than on a quiet machine. */
class Pace {
  private expected = 0;
  private taken = 0;

  took(fault: Fault, seconds: number): void {
    this.expected += fault.seconds + ROUND_SECONDS;
    this.taken += seconds;
  }

  takes({ seconds }: Fault): number {
    const slowness = this.expected === 0 ? 1 : Math.max(1, this.taken / this.expected);
    return (seconds + ROUND_SECONDS) * slowness;
  }
}

const shortestOf = (faults: readonly Fault[]): Fault | undefined =>
  faults.toSorted((one, other) => one.seconds - other.seconds)[0];
