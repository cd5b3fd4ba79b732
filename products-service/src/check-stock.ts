import { type CommandResult, cannotRead, runStockCheck } from './inbound/check-stock.command.js';
import { openStockLedger } from './outbound/stock-ledger.file.js';

/** All wiring of the stock check: reads the database file of products-service and says what its ledger says. */
export async function checkStockIn(databaseFile: string): Promise<CommandResult> {
  try {
    const { ledger, close } = await openStockLedger(databaseFile);
    return await runStockCheck(ledger).finally(close);
  } catch (error) {
    return cannotRead(databaseFile, error);
  }
}
