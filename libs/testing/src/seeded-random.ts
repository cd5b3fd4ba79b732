import { randomInt } from 'node:crypto';

/** Chance that can be had again: the same seed gives the same numbers in the same order. */
export class SeededRandom {
  private state: number;

  /** @param seed a whole number; a failure names it, and `E2E_SEED` gives it again. */
  constructor(readonly seed = givenSeed() ?? randomInt(2 ** 31)) {
    this.state = seed;
  }

  /** Chance for somebody else, so that who draws when changes nothing for either. */
  fork(): SeededRandom {
    return new SeededRandom(this.between(0, 2 ** 31));
  }

  /** A whole number, both ends included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0];
  }

  /** A copy in another order (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = this.between(0, last);
      [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
    }
    return shuffled;
  }

  /** mulberry32: 32 bits of state are plenty for choosing moments. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

function givenSeed(): number | undefined {
  const given = process.env.E2E_SEED;
  return given === undefined ? undefined : Number(given);
}
