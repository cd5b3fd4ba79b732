/** How many units of a product are for sale, and at how many it is low. */
export interface StockLevel {
  available: number;
  /** null where nobody wants to be told. */
  threshold: number | null;
}

const isLow = ({ available, threshold }: StockLevel): boolean => threshold !== null && available <= threshold;

/**
 * Whether a change makes a product low that was not: fewer units, or a threshold that is set or raised. It does so once
 * until the product is above its threshold again, without anything that would have to remember it.
 */
export const hasBecomeLow = (before: StockLevel, after: StockLevel): boolean => !isLow(before) && isLow(after);
