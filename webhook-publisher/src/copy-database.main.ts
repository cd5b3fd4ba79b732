import 'reflect-metadata';
import { loadEnvFile, runCopyCommand } from '@holdfast/platform';
import { webhooksSchema } from './app.module.js';
import { loadWebhooksDatabase } from './config.js';

loadEnvFile();
process.exitCode = await runCopyCommand(
  {
    service: 'webhooks',
    variable: 'WEBHOOKS_DATABASE_URL',
    configured: () => loadWebhooksDatabase(process.env),
    migrations: webhooksSchema.migrations,
  },
  process.argv.slice(2),
);
