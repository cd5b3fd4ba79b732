import { type Logger, messageOf, observedGauge } from '@holdfast/platform';
import { type Registry } from 'prom-client';
import { type CheckStock } from '../app/check-stock.js';

// The check reads every product. Scrapes come every few seconds, from several scrapers.
const CHECK_EVERY_MS = 30_000;

/**
 * Shows how many counters differ from their ledger: 0 in a system that is right, NaN when it could not be checked.
 *
 * @param now the time in milliseconds, from any start.
 */
export function observeStockLedger(
  registry: Registry,
  checkStock: Pick<CheckStock, 'execute'>,
  logger: Logger,
  now: () => number = () => performance.now(),
): void {
  let checkedAt = Number.NEGATIVE_INFINITY;
  let mismatches: Promise<number> = Promise.resolve(0);
  observedGauge(
    registry,
    'holdfast_stock_ledger_mismatches',
    'Stock counters that differ from the sum of their ledger; NaN when it could not be read',
    () => {
      if (now() - checkedAt >= CHECK_EVERY_MS) {
        checkedAt = now();
        mismatches = countMismatches(checkStock, logger);
      }
      return mismatches;
    },
  );
}

async function countMismatches(checkStock: Pick<CheckStock, 'execute'>, logger: Logger): Promise<number> {
  try {
    const { differences } = await checkStock.execute();
    if (differences.length > 0) {
      logger.error(
        { differences: differences.slice(0, 10), count: differences.length },
        'stock counters differ from their ledger; `npm run check:stock` lists them all',
      );
    }
    return differences.length;
  } catch (error) {
    // Thrown on, it would take every other metric of the part with it.
    logger.error({ reason: messageOf(error) }, 'could not hold the stock counters against their ledger');
    return Number.NaN;
  }
}
