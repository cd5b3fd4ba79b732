import { freePort } from '@holdfast/local-servers';
import { createLogger, type DatabaseLocation } from '@holdfast/platform';
import { newDataDir, newRedisUrl, waitUntil } from '@holdfast/testing';
import { loadProductsConfig } from '../src/config.js';
import { openProductsService, type ProductsService } from '../src/products-service.js';

/** The service as `main` runs it, in this process and from its sources, on a database of its own. */
export class RunningService {
  private stopped: Promise<void> | undefined;

  private constructor(
    private readonly baseUrl: string,
    private readonly service: ProductsService,
    /** Resolves when the service takes messages. */
    readonly takesMessages: Promise<void>,
  ) {}

  /**
   * Resolves when its HTTP side answers; RabbitMQ may be away.
   *
   * @param location of its database; a new file unless given.
   */
  static async start(amqpUrl: string, location?: DatabaseLocation): Promise<RunningService> {
    const port = await freePort();
    const config = loadProductsConfig({
      ...{ AMQP_URL: amqpUrl, REDIS_URL: newRedisUrl(), DATA_DIR: newDataDir() },
      ...{ PRODUCTS_PORT: String(port), LOG_LEVEL: 'silent' },
      ...(location && { PRODUCTS_DATABASE_URL: location.dialect === 'sqlite' ? location.file : location.url }),
    });
    const service = await openProductsService(config, createLogger('products', config.LOG_LEVEL));
    const baseUrl = `http://127.0.0.1:${port}`;
    const running = new RunningService(baseUrl, service, service.start());
    await waitUntil('the service answers over HTTP', () => running.get('/health/live'));
    return running;
  }

  get(path: string): Promise<Response> {
    return fetch(`${this.baseUrl}${path}`);
  }

  /** May be called again, by whoever cleans up. */
  stop(): Promise<void> {
    this.stopped ??= this.service.stop();
    return this.stopped;
  }
}
