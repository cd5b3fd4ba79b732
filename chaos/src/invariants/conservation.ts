import { type Books } from '../books/books.js';
import { adjustmentsIn } from './adjustments.js';
import { firstOf, type Invariant } from './invariant.js';

/** Units are neither made nor lost, and the counters say what the ledger says. */
export const conservation: Invariant = {
  letter: 'C',
  promise: 'initial + restocked = available + reserved + sold; nothing negative; counters equal the ledger',
  violations: ({ books, calls, initialStock }) => {
    const restocked = new Map<string, number>();
    for (const { sku, delta } of adjustmentsIn(calls)) restocked.set(sku, (restocked.get(sku) ?? 0) + delta);
    return firstOf(
      [...initialStock].flatMap(([sku, initial]) => wrongProduct(books, sku, initial, restocked.get(sku) ?? 0)),
    );
  },
};

function wrongProduct({ products, ledger }: Books, sku: string, initial: number, restocked: number): string[] {
  const product = products.find((row) => row.sku === sku);
  if (!product) return [`${sku} is gone`];
  const { available, reserved, sold } = product;
  const sums = ledger.find(({ id }) => id === product.id);
  const shown = `${sku}: ${available} available, ${reserved} reserved, ${sold} sold`;
  if (!sums) return [`${shown}, and an empty ledger`];
  const wrong: string[] = [];
  if (Math.min(available, reserved, sold) < 0) wrong.push(`${shown}: negative`);
  if (sums.available !== available || sums.reserved !== reserved || sums.sold !== sold) {
    wrong.push(`${shown}; by the ledger ${sums.available}, ${sums.reserved} and ${sums.sold}`);
  }
  if (initial + restocked !== available + reserved + sold || sums.entered !== initial + restocked) {
    wrong.push(`${shown}; ${initial} were there and ${restocked} came, by the ledger ${sums.entered} in all`);
  }
  return wrong;
}
