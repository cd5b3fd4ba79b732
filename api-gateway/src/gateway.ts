import { setTimeout as delay } from 'node:timers/promises';
import { connectionsOf, type Logger, nestLogger } from '@holdfast/platform';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyInstance } from 'fastify';
import { KeyRing } from './api-keys.js';
import { AppModule, GatewayRuntime } from './app.module.js';
import { type GatewayConfig } from './config.js';
import { serveAsyncApi } from './docs/asyncapi/serve-asyncapi.js';
import { serveDocs } from './docs/docs.js';
import { Admission } from './http/admission.js';
import { authenticate } from './http/authentication.js';
import { capConnections } from './http/connection-cap.js';
import { CrossOrigin } from './http/cors.js';
import { passCsvBodies } from './http/csv-body.js';
import { FaultLog } from './http/fault-log.js';
import { refuseManyHeaders } from './http/header-count.js';
import { readJsonBodies } from './http/json-body.js';
import { requestLimits } from './http/limits/request-limits.js';
import { refuseOtherMethods } from './http/method-not-allowed.js';
import { ProblemFilter } from './http/problem.filter.js';
import { ProblemError } from './http/problem.js';
import { RequestMetrics } from './http/request.metrics.js';
import { secureHeaders } from './http/secure-headers.js';
import { serverOptions } from './http/server-options.js';

export interface Gateway {
  /** `http://host:port` */
  url: string;
  /**
   * Says that it is not ready and serves until a balancer has noticed, then finishes the requests in flight and closes
   * everything.
   *
   * @param noticed SHUTDOWN_DRAIN_MS later unless told.
   */
  stop(noticed?: Promise<void>): Promise<void>;
}

/**
 * Starts to listen at once, also without RabbitMQ: requests are then answered 503, and readiness says why.
 *
 * @param redisTimeoutMs how long a command waits for Redis; 100 unless told.
 */
export async function startGateway(config: GatewayConfig, logger: Logger, redisTimeoutMs?: number): Promise<Gateway> {
  const runtime = new GatewayRuntime(config, logger, redisTimeoutMs);
  const faults = new FaultLog(logger);
  // The parts of the adapter that nothing here needs cost a few microseconds of each request.
  const adapter = new FastifyAdapter({ ...serverOptions(config), skipMiddie: true });
  const closeConnections = connectionsOf(adapter.getInstance().server);
  try {
    const refuseOthers = prepareServer(adapter.getInstance(), config, runtime, logger);
    const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config, runtime, logger), adapter, {
      logger: nestLogger(logger),
      bodyParser: false,
      abortOnError: false,
    });
    app.useGlobalFilters(new ProblemFilter(faults));
    serveDocs(app);
    serveAsyncApi(adapter.getInstance());
    await app.init();
    refuseOthers();
    await app.listen(config.GATEWAY_PORT, config.HOST);
    return {
      url: await app.getUrl(),
      stop: async (noticed = delay(config.SHUTDOWN_DRAIN_MS)) => {
        runtime.leave();
        await noticed;
        runtime.endWaits();
        await closeConnections(() => app.close());
        await runtime.close();
        faults.close();
      },
    };
  } catch (error) {
    await runtime.close();
    throw error;
  }
}

/**
 * What happens around every route.
 *
 * @returns what is to be called when all routes are there: {@link refuseOtherMethods}.
 */
function prepareServer(
  server: FastifyInstance,
  config: GatewayConfig,
  runtime: GatewayRuntime,
  logger: Logger,
): () => void {
  const metrics = new RequestMetrics(runtime.metrics);
  const crossOrigin = new CrossOrigin(config.CORS_ORIGINS);
  const debug = logger.isLevelEnabled('debug');
  server.addHook('onRequest', (request, reply, done) => {
    secureHeaders(request, reply);
    if (crossOrigin.handle(request, reply)) return;
    // Before the body is read: a path that does not exist takes none.
    done(request.is404 ? new ProblemError('NOT_FOUND', 'No resource has this path.') : undefined);
  });
  server.addHook('onSend', (_request, reply, payload, done) => {
    // Also for requests that came before the stop: a connection that is closed without a word may meet the next request.
    if (runtime.leaving) reply.header('connection', 'close');
    done(null, payload);
  });
  server.addHook('onResponse', (request, reply, done) => {
    metrics.answered(request, reply);
    if (debug) {
      const { id: requestId, method, url } = request;
      // Without the query: somebody will put a key there.
      const path = url.split('?', 1)[0];
      logger.debug({ requestId, method, path, status: reply.statusCode, ms: reply.elapsedTime }, 'answered');
    }
    done();
  });
  refuseManyHeaders(server);
  readJsonBodies(server);
  passCsvBodies(server);
  capConnections(server.server, config.MAX_CONNECTIONS, runtime.metrics);
  authenticate(server, new Admission(new KeyRing(config.API_KEYS), requestLimits(config, runtime.redis)));
  return refuseOtherMethods(server);
}
