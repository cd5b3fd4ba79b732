import { connectionsOf, type Logger, maskedUrl, nestLogger } from '@holdfast/platform';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule, openProductsRuntime } from './app.module.js';
import { type ProductsConfig } from './config.js';

/** The service of this process, opened but not at work yet. */
export interface ProductsService {
  /** Serves health and metrics, then takes messages; resolves when it does, which is when RabbitMQ is there. */
  start(): Promise<void>;
  /** Finishes what is in flight and closes everything; at any time after it was opened. */
  stop(): Promise<void>;
}

/** Opens the database and builds the service. */
export async function openProductsService(config: ProductsConfig, logger: Logger): Promise<ProductsService> {
  const runtime = await openProductsRuntime(config, logger);
  const adapter = new FastifyAdapter();
  const closeConnections = connectionsOf(adapter.getInstance().server);
  const app = await NestFactory.create(AppModule.with(runtime, logger), adapter, {
    logger: nestLogger(logger),
    abortOnError: false,
  });
  app.connectMicroservice<MicroserviceOptions>({ strategy: runtime.server });
  const database = config.database.dialect === 'sqlite' ? config.database.file : maskedUrl(config.database.url);
  return {
    start: async () => {
      // HTTP first: with RabbitMQ away the process lives, says what it waits for, and starts to work when it is there.
      await app.listen(config.PRODUCTS_PORT, config.HOST);
      logger.info({ port: config.PRODUCTS_PORT, database }, 'products-service listens');
      await app.startAllMicroservices();
      logger.info('products-service takes messages');
    },
    stop: async () => {
      runtime.health.stop();
      // Messages first: Nest closes HTTP before it, and health has to say 503 while the service drains.
      await runtime.server.close();
      await closeConnections(() => app.close());
      await runtime.close();
    },
  };
}
