import { existsSync } from 'node:fs';
import { DataSource } from 'typeorm';
import { type StockLedgerReader } from '../app/ports.js';
import { SqlStockLedgerReader } from './sql-stock-ledger.reader.js';

export interface OpenStockLedger {
  ledger: StockLedgerReader;
  close(): Promise<void>;
}

/**
 * Opens a database to read its stock and nothing else; the service may be running.
 *
 * @throws Error when there is no such file.
 */
export async function openStockLedger(databaseFile: string): Promise<OpenStockLedger> {
  // TypeORM would make the folder.
  if (!existsSync(databaseFile)) throw new Error('there is no such file');
  const reads = new DataSource({ type: 'better-sqlite3', database: databaseFile, readonly: true });
  await reads.initialize();
  return { ledger: new SqlStockLedgerReader(reads), close: () => reads.destroy() };
}
