import { groupedBy } from '@holdfast/testing';

/** So many of a product. */
export interface Units {
  /** Its sku; whatever the buyer wrote where there is no such product. */
  product: string;
  quantity: number;
}

/** Units in the one form in which the same are equal: `1 LAMP, 2 MUG`; `nothing` where there are none. */
export function unitsIn(lines: readonly Units[]): string {
  const sums = [...groupedBy(lines, ({ product }) => product)]
    .map(([product, same]) => ({ product, sum: same.reduce((sum, { quantity }) => sum + quantity, 0) }))
    .filter(({ sum }) => sum !== 0);
  const said = sums.map(({ product, sum }) => `${sum} ${product}`);
  return said.length === 0 ? NOTHING : said.toSorted().join(', ');
}

export const NOTHING = 'nothing';

/** The same of each order, by its id. */
export function unitsByOrder(rows: readonly (Units & { orderId: string })[]): Map<string, string> {
  return new Map([...groupedBy(rows, ({ orderId }) => orderId)].map(([id, lines]) => [id, unitsIn(lines)]));
}
