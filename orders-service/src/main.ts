import 'reflect-metadata';
import { createLogger, loadEnvFile, nestLogger, startPart, stopOnSignals } from '@holdfast/platform';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule, openOrdersRuntime } from './app.module.js';
import { loadOrdersConfig } from './config.js';
import { Reconciler } from './inbound/reconciler.js';

await startPart('orders-service', async () => {
  loadEnvFile();
  const config = loadOrdersConfig(process.env);
  const logger = createLogger('orders', config.LOG_LEVEL);
  const runtime = await openOrdersRuntime(config, logger);
  const app = await NestFactory.create(AppModule.with(config, runtime, logger), new FastifyAdapter(), {
    logger: nestLogger(logger),
  });
  const reconciler = app.get(Reconciler);
  stopOnSignals(logger, async () => {
    runtime.health.stop();
    await reconciler.stop();
    await app.close();
    await runtime.close();
  });
  app.connectMicroservice<MicroserviceOptions>({ strategy: runtime.server });
  // HTTP first: with RabbitMQ away the process lives, says what it waits for, and starts to work when it is there.
  await app.listen(config.ORDERS_PORT, config.HOST);
  logger.info({ port: config.ORDERS_PORT, database: config.databaseFile }, 'orders-service listens');
  await app.startAllMicroservices();
  reconciler.start();
  logger.info('orders-service takes messages');
});
