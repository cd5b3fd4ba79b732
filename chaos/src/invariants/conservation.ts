import { type Books } from '../books/books.js';
import { firstOf, type Invariant } from './invariant.js';

/** Units are neither made nor lost, and the counters say what the ledger says. */
export const conservation: Invariant = {
  letter: 'C',
  promise: 'initial + restocked = available + reserved + sold; nothing negative; counters equal the ledger',
  violations: ({ books, initialStock }) =>
    firstOf([...initialStock].flatMap(([sku, initial]) => wrongProduct(books, sku, initial))),
};

function wrongProduct({ products, ledger, adjustments }: Books, sku: string, initial: number): string[] {
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
  if (sums.entered !== available + reserved + sold) wrong.push(`${shown}; ${sums.entered} units ever came in`);
  if (adjustments.length === 0 && sums.entered !== initial) wrong.push(`${shown}; it began with ${initial}`);
  return wrong;
}
