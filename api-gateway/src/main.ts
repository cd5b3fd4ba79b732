import 'reflect-metadata';
import { createLogger, startPart, stopOnSignals } from '@holdfast/platform';
import { loadGatewayConfig } from './config.js';
import { startGateway } from './gateway.js';

await startPart('api-gateway', async () => {
  const config = loadGatewayConfig(process.env);
  const logger = createLogger('gateway', config.LOG_LEVEL);
  const gateway = await startGateway(config, logger);
  stopOnSignals(logger, () => gateway.stop(), config.SHUTDOWN_DRAIN_MS);
  logger.info({ url: gateway.url, keys: config.API_KEYS.length }, 'api-gateway listens');
});
