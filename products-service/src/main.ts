import 'reflect-metadata';
import { createLogger, startPart, stopOnSignals } from '@holdfast/platform';
import { loadProductsConfig } from './config.js';
import { openProductsService } from './products-service.js';

await startPart('products-service', async () => {
  const config = loadProductsConfig(process.env);
  const logger = createLogger('products', config.LOG_LEVEL);
  const service = await openProductsService(config, logger);
  stopOnSignals(logger, () => service.stop());
  await service.start();
});
