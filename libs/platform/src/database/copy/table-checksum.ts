import { createHash } from 'node:crypto';
import { type CopiedRow } from './copied-table.js';

const BITS = 128;

/**
 * Counts rows and sums their hashes, so that the order in which a database gives them does not matter. A sum, and not an
 * exclusive or, in which two rows that are the same would vanish.
 */
export class TableChecksum {
  private sum = 0n;
  private counted = 0;

  get rows(): number {
    return this.counted;
  }

  /** 32 hexadecimal digits. */
  get text(): string {
    return this.sum.toString(16).padStart(BITS / 4, '0');
  }

  add(row: CopiedRow): void {
    const hash = createHash('sha256');
    // With its length before it no value can be taken for two, nor a text for none.
    for (const value of row) hash.update(value === null ? '-;' : `${value.length};${value}`);
    const digest = hash.digest('hex').slice(0, BITS / 4);
    this.sum = BigInt.asUintN(BITS, this.sum + BigInt(`0x${digest}`));
    this.counted += 1;
  }

  equals(other: TableChecksum): boolean {
    return this.counted === other.counted && this.sum === other.sum;
  }
}
