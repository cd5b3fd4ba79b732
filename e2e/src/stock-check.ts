import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { testServers } from '@holdfast/testing';

export interface StockCheck {
  /** 0: every counter equals its ledger. */
  exitCode: number;
  output: string;
}

/** `npm run check:stock`, on the database of a test system. */
export const checkStock = (dataDir: string): Promise<StockCheck> => stockCheckWith({ DATA_DIR: dataDir });

/** The same, with what says where the database is. */
export function stockCheckWith(env: Record<string, string>): Promise<StockCheck> {
  const { root, folder } = testServers();
  const program = join(root, 'products-service', 'dist', 'check-stock.main.js');
  const options = { cwd: folder, env: { PATH: process.env.PATH, ...env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [program], options, (error, stdout, stderr) => {
      resolve({ exitCode: Number(error?.code ?? 0), output: stdout + stderr });
    });
  });
}
