import 'reflect-metadata';
import { createLogger, startPart, stopOnSignals } from '@holdfast/platform';
import { loadOrdersConfig } from './config.js';
import { openOrdersService } from './orders-service.js';

await startPart('orders-service', async () => {
  const config = loadOrdersConfig(process.env);
  const logger = createLogger('orders', config.LOG_LEVEL);
  const service = await openOrdersService(config, logger);
  stopOnSignals(logger, () => service.stop());
  await service.start();
});
