import { createLogger } from '@holdfast/platform';
import { newRedisUrl, testBroker } from '@holdfast/testing';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type RouteOptions } from 'fastify';
import { AppModule, GatewayRuntime } from '../src/app.module.js';
import { loadGatewayConfig } from '../src/config.js';
import { serveAsyncApi } from '../src/docs/asyncapi/serve-asyncapi.js';
import { serveDocs } from '../src/docs/docs.js';
import { DOCS_PATH, isDocsPath } from '../src/docs/docs-paths.js';
import { openApiDocument } from '../src/docs/openapi.js';

interface Route {
  /** `GET /orders/{id}` */
  name: string;
  isForOperators: boolean;
}

const API_KEYS = 'operator:ops:operator-secret-0123456789';

let routes: Route[];

beforeAll(async () => {
  const broker = await testBroker();
  try {
    routes = await routesOfTheGateway(broker.url);
  } finally {
    await broker.close();
  }
});

/** Every route that the gateway's server has, from the server itself. */
async function routesOfTheGateway(amqpUrl: string): Promise<Route[]> {
  const config = loadGatewayConfig({ AMQP_URL: amqpUrl, REDIS_URL: newRedisUrl(), API_KEYS });
  const logger = createLogger('gateway', 'silent');
  const runtime = new GatewayRuntime(config, logger);
  const adapter = new FastifyAdapter();
  const found: Route[] = [];
  adapter.getInstance().addHook('onRoute', (route: RouteOptions) => {
    found.push(...described(route));
  });
  const module = AppModule.with(config, runtime, logger);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { logger: false });
  try {
    serveDocs(app);
    serveAsyncApi(adapter.getInstance());
    await app.init();
  } finally {
    await app.close();
    await runtime.close();
  }
  return found;
}

/** What the page loads is its own affair. */
const isOfThePage = (url: string): boolean => isDocsPath(url) && url !== DOCS_PATH;

function described({ url, method, config }: RouteOptions): Route[] {
  if (isOfThePage(url)) return [];
  const template = url.replaceAll(/:(\w+)/g, '{$1}');
  const isForOperators = Object.entries(config ?? {}).some(([key, value]) => key === 'access' && value === 'operator');
  // The server gives every GET a HEAD.
  const methods = [method].flat().filter((one) => one !== 'HEAD');
  return methods.map((one) => ({ name: `${one} ${template}`, isForOperators }));
}

const documented = new Map<string, string[]>(
  Object.entries(openApiDocument().paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, { responses }]) => [
      `${method.toUpperCase()} ${template}`,
      Object.keys(responses),
    ]),
  ),
);

it('every route of the gateway is documented, and nothing else is', () => {
  expect(routes.map(({ name }) => name).sort()).toEqual([...documented.keys()].sort());
});

it('every route that is for operators documents that others are refused', () => {
  const forOperators = routes.filter(({ isForOperators }) => isForOperators).map(({ name }) => name);
  expect(forOperators).toContain('POST /products');
  expect(forOperators.filter((name) => !documented.get(name)?.includes('403'))).toEqual([]);
});
