import { messageOf } from '@holdfast/platform';
import { CheckStock, type StockCheck } from '../app/check-stock.js';
import { type StockLedgerReader } from '../app/ports.js';

/** What the command ends with. */
export interface CommandResult {
  /** 0: every counter equals its ledger. 1: some do not. 2: the stock could not be read. */
  exitCode: 0 | 1 | 2;
  /** For the terminal. */
  text: string;
}

/** `npm run check:stock`: holds every counter against the whole ledger. */
export async function runStockCheck(ledger: StockLedgerReader): Promise<CommandResult> {
  const { products, movements, differences } = await new CheckStock(ledger).execute();
  const size = `${counted(products, 'product')}, ${counted(movements, 'movement')}`;
  return differences.length === 0
    ? { exitCode: 0, text: `${size}: every counter equals its ledger` }
    : {
        exitCode: 1,
        text: `${tableOf(differences)}\n${size}: ${counted(differences.length, 'counter')} not equal to the ledger`,
      };
}

/** @param database what was tried to read, in words for the terminal. */
export const cannotRead = (database: string, error: unknown): CommandResult => ({
  exitCode: 2,
  text: [
    `Cannot read the stock in ${database}: ${messageOf(error)}.`,
    'Set DATA_DIR or PRODUCTS_DATABASE_URL to where products-service keeps its data, or start it once.',
  ].join('\n'),
});

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

function tableOf(differences: StockCheck['differences']): string {
  const rows = differences.map(({ productId, sku, counter, counted: counts, ledger }) => [
    ...[productId, sku, counter],
    ...[String(counts), String(ledger), signed(counts - ledger)],
  ]);
  return aligned([['product', 'sku', 'counter', 'counts', 'ledger', 'difference'], ...rows]);
}

const signed = (difference: number): string => (difference > 0 ? `+${difference}` : String(difference));

function aligned(rows: readonly string[][]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
