import { connectionsOf, type Logger, maskedUrl, nestLogger } from '@holdfast/platform';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AppModule, openWebhooksRuntime } from './app.module.js';
import { type WebhooksConfig } from './config.js';

/** The service of this process, opened but not at work yet. */
export interface WebhookPublisher {
  /** Serves health and metrics, then takes messages and sends what is due. */
  start(): Promise<void>;
  /** Finishes what is in flight and closes everything; at any time after it was opened. */
  stop(): Promise<void>;
}

/** Opens the database and builds the service. */
export async function openWebhookPublisher(config: WebhooksConfig, logger: Logger): Promise<WebhookPublisher> {
  const runtime = await openWebhooksRuntime(config, logger);
  const adapter = new FastifyAdapter();
  const closeConnections = connectionsOf(adapter.getInstance().server);
  const { module, workers } = AppModule.with(config, runtime, logger);
  const app = await NestFactory.create(module, adapter, { logger: nestLogger(logger), abortOnError: false });
  app.connectMicroservice<MicroserviceOptions>({ strategy: runtime.server });
  const database = config.database.dialect === 'sqlite' ? config.database.file : maskedUrl(config.database.url);
  return {
    start: async () => {
      await app.listen(config.WEBHOOKS_PORT, config.HOST);
      logger.info({ port: config.WEBHOOKS_PORT, database }, 'webhook-publisher listens');
      // Before RabbitMQ: what is stored already goes out without it.
      await workers.start();
      await app.startAllMicroservices();
      logger.info('webhook-publisher takes messages');
    },
    stop: async () => {
      runtime.health.stop();
      await Promise.all([runtime.server.close(), workers.stop()]);
      await closeConnections(() => app.close());
      await runtime.close();
    },
  };
}
