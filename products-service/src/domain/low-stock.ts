/** A change of the units of a product that are for sale. */
export interface AvailabilityChange {
  before: number;
  after: number;
  /** null where nobody wants to be told. */
  threshold: number | null;
}

/**
 * Whether the change takes the product from above its threshold to it or below. It does so once until the product rises
 * above it again, without anything that would have to remember it.
 */
export const hasBecomeLow = ({ before, after, threshold }: AvailabilityChange): boolean =>
  threshold !== null && before > threshold && after <= threshold;
