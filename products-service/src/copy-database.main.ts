import 'reflect-metadata';
import { loadEnvFile, runCopyCommand } from '@holdfast/platform';
import { productsSchema } from './app.module.js';
import { inspectStock } from './check-stock.js';
import { loadProductsDatabase } from './config.js';

loadEnvFile();
process.exitCode = await runCopyCommand(
  {
    service: 'products',
    variable: 'PRODUCTS_DATABASE_URL',
    configured: () => loadProductsDatabase(process.env),
    migrations: productsSchema.migrations,
    inspect: inspectStock,
  },
  process.argv.slice(2),
);
