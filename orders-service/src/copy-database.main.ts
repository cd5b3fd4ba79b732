import 'reflect-metadata';
import { loadEnvFile, runCopyCommand } from '@holdfast/platform';
import { ordersSchema } from './app.module.js';
import { loadOrdersDatabase } from './config.js';

loadEnvFile();
process.exitCode = await runCopyCommand(
  {
    service: 'orders',
    variable: 'ORDERS_DATABASE_URL',
    configured: () => loadOrdersDatabase(process.env),
    migrations: ordersSchema.migrations,
  },
  process.argv.slice(2),
);
