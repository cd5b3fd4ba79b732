import 'reflect-metadata';
import { createLogger, startPart, stopOnSignals } from '@holdfast/platform';
import { loadWebhooksConfig } from './config.js';
import { openWebhookPublisher } from './webhook-publisher.js';

await startPart('webhook-publisher', async () => {
  const config = loadWebhooksConfig(process.env);
  const logger = createLogger('webhooks', config.LOG_LEVEL);
  const publisher = await openWebhookPublisher(config, logger);
  stopOnSignals(logger, () => publisher.stop());
  await publisher.start();
});
