import { type Database, type DatabaseLocation, type Inspection, maskedUrl, openToRead } from '@holdfast/platform';
import { type CommandResult, cannotRead, runStockCheck } from './inbound/check-stock.command.js';
import { SqlStockLedgerReader } from './outbound/sql-stock-ledger.reader.js';

/** All wiring of the stock check: reads the database of products-service and says what its ledger says. */
export async function checkStockIn(location: DatabaseLocation): Promise<CommandResult> {
  try {
    const database = await openToRead(location);
    return await checkStockOf(database).finally(database.close);
  } catch (error) {
    return cannotRead(location.dialect === 'sqlite' ? location.file : maskedUrl(location.url), error);
  }
}

const checkStockOf = (database: Pick<Database, 'dialect' | 'queries'>): Promise<CommandResult> =>
  runStockCheck(new SqlStockLedgerReader(database));

/** What `npm run db:copy` asks of a copy: units that were missing in the file must be found before the shop goes on without it. */
export async function inspectStock(copy: Pick<Database, 'dialect' | 'queries'>): Promise<Inspection> {
  const { exitCode, text } = await checkStockOf(copy);
  return exitCode === 0
    ? { ok: true, text }
    : { ok: false, text: `${text}\nIt is so in the file too: find out why before anything is sold from elsewhere.` };
}
