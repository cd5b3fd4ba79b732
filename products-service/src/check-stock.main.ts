import { loadEnvFile, messageOf } from '@holdfast/platform';
import { checkStockIn } from './check-stock.js';
import { loadProductsConfig } from './config.js';
import { type CommandResult } from './inbound/check-stock.command.js';

const { exitCode, text } = await checkConfiguredStock();
(exitCode === 2 ? process.stderr : process.stdout).write(`${text}\n`);
process.exitCode = exitCode;

async function checkConfiguredStock(): Promise<CommandResult> {
  try {
    loadEnvFile();
    return await checkStockIn(loadProductsConfig(process.env).database);
  } catch (error) {
    return { exitCode: 2, text: messageOf(error) };
  }
}
