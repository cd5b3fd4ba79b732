import { type DynamicModule, Global, Module } from '@nestjs/common';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { HealthController } from './health/health.controller.js';
import { HealthRegistry } from './health/health-registry.js';
import { type Logger } from './logging/logger.js';

/** Injection token of the part's pino logger. */
export const LOGGER = Symbol('logger');

/** What every part has: its logger, its metrics registry, its health registry and the routes that show them. */
@Global()
@Module({})
export class PlatformModule {
  static forPart(logger: Logger, metrics: Registry, health: HealthRegistry): DynamicModule {
    collectDefaultMetrics({ register: metrics });
    return {
      module: PlatformModule,
      controllers: [HealthController],
      providers: [
        { provide: LOGGER, useValue: logger },
        { provide: Registry, useValue: metrics },
        { provide: HealthRegistry, useValue: health },
      ],
      exports: [LOGGER, Registry, HealthRegistry],
    };
  }
}
