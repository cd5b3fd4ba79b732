import { webhookEventTypes } from '@holdfast/contracts';
import {
  bearer,
  CLIENT_KEY,
  OPERATOR_KEY,
  OTHER_CLIENT_KEY,
  post,
  problemIn,
  type Suite,
  startSuite,
} from './gateway.harness.js';
import { aProduct } from './services.double.js';

let suite: Suite;

beforeAll(async () => {
  suite = await startSuite();
});
beforeEach(() => suite.services.forget());
afterAll(() => suite.stop());

const at = (path: string) => `${suite.gateway.url}${path}`;
const LAMP = { sku: 'lamp', name: 'Lamp', price: { amount: 1_250, currency: 'EUR' }, stock: 10 };

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { responses: object; security?: [] }>>;
  webhooks: Record<string, object>;
  components: { schemas: Record<string, object> };
}

const document = async () => (await (await fetch(at('/openapi.json'))).json()) as Document;

/** Every route that is documented, with an id in its path; a test below holds the document against the server. */
async function routes() {
  return Object.entries((await document()).paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([name, { security }]) => {
      const route = {
        path: path.replace('{id}', '0198b3c0-0000-7000-8000-000000000000'),
        open: security !== undefined,
      };
      const method = name.toUpperCase();
      return method === 'GET'
        ? [
            { ...route, method },
            { ...route, method: 'HEAD' },
          ]
        : [{ ...route, method }];
    }),
  );
}

describe('who may call', () => {
  it.each<[string, Record<string, string>, string]>([
    ['no key', {}, 'Bearer'],
    ['an unknown key', bearer('not-a-key-of-ours-0123'), 'Bearer error="invalid_token"'],
    ['another scheme', { authorization: `Basic ${CLIENT_KEY}` }, 'Bearer error="invalid_token"'],
    ['no scheme', { authorization: CLIENT_KEY }, 'Bearer error="invalid_token"'],
    ['an empty key', { authorization: 'Bearer ' }, 'Bearer error="invalid_token"'],
    ['two keys', { authorization: `Bearer ${CLIENT_KEY}, Bearer ${CLIENT_KEY}` }, 'Bearer error="invalid_token"'],
  ])('nobody with %s, on any route of the API, and the body is not looked at', async (_name, headers, challenge) => {
    for (const { method, path } of (await routes()).filter((route) => !route.open)) {
      const body = method === 'GET' || method === 'HEAD' ? {} : { body: '{broken' };
      const answer = await fetch(at(path), { method, headers, ...body });
      expect([method, path, answer.status]).toEqual([method, path, 401]);
      expect(answer.headers.get('www-authenticate')).toBe(challenge);
    }
    expect(suite.services.received).toEqual([]);
  });

  it('takes the scheme in any case', async () => {
    const answer = await fetch(at('/products'), { headers: { authorization: `bearer  ${CLIENT_KEY}` } });
    expect(answer.status).toBe(200);
  });

  it('acts as the client of the key', async () => {
    await post(at('/orders'), { productId: 'lamp', quantity: 1 }, bearer(OTHER_CLIENT_KEY));
    await post(at('/orders'), { productId: 'lamp', quantity: 1 }, bearer(OPERATOR_KEY));
    expect(suite.services.received.map(({ data }) => data.clientId)).toEqual(['other', 'ops']);
  });

  it('lets operators only change the catalogue', async () => {
    const refused = await post(at('/products'), LAMP, bearer(CLIENT_KEY));
    expect(refused.status).toBe(403);
    expect((await problemIn(refused)).code).toBe('FORBIDDEN');
    expect(suite.services.received).toEqual([]);
    const taken = await post(at('/products'), LAMP, bearer(OPERATOR_KEY));
    expect(taken.status).toBe(201);
    expect(taken.headers.get('location')).toMatch(/^\/products\/[0-9a-f-]{36}$/);
    expect(suite.services.received[0]).toMatchObject({ pattern: 'product.create', data: LAMP });
  });

  it.each(['/health/live', '/health/ready', '/metrics', '/docs', '/docs/swagger-ui.css', '/openapi.json'])(
    'asks for no key at %s',
    async (path) => {
      expect((await fetch(at(path))).status).toBe(200);
      expect((await fetch(at(path), { headers: bearer('wrong') })).status).toBe(200);
    },
  );
});

describe('GET /products', () => {
  it('lists a page', async () => {
    const product = aProduct();
    suite.services.products.set('lamp', product);
    const answer = await fetch(at('/products?limit=7&cursor=abc'), { headers: bearer(CLIENT_KEY) });
    expect(await answer.json()).toEqual({ data: [product], nextCursor: null });
    expect(suite.services.received[0]?.data).toEqual({ limit: 7, cursor: 'abc' });
  });

  it('shows one by sku, with a validator', async () => {
    suite.services.products.set('desk', aProduct({ sku: 'desk', version: 12, catalogueVersion: 4 }));
    const answer = await fetch(at('/products/desk'), { headers: bearer(CLIENT_KEY) });
    expect(answer.headers.get('etag')).toBe('"4.12"');
    const again = (etag: string) =>
      fetch(at('/products/desk'), { headers: { ...bearer(CLIENT_KEY), 'if-none-match': etag } });
    expect((await again('"4.12"')).status).toBe(304);
    expect((await again('"4.11"')).status).toBe(200);
    const unknown = await fetch(at('/products/chair'), { headers: bearer(CLIENT_KEY) });
    expect((await problemIn(unknown)).code).toBe('PRODUCT_NOT_FOUND');
  });
});

describe('every answer', () => {
  it('forbids browsers to guess, frame or run it', async () => {
    const answers = [
      await fetch(at('/products'), { headers: bearer(CLIENT_KEY) }),
      await fetch(at('/nowhere')),
      await post(at('/orders'), '{broken'),
    ];
    for (const answer of answers) {
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-powered-by')).toBeNull();
    }
  });

  it('is counted by route, and by no path of the caller', async () => {
    await fetch(at('/nowhere/at/all'));
    await fetch(at('/products/desk'), { headers: bearer(CLIENT_KEY) });
    const metrics = await (await fetch(at('/metrics'))).text();
    expect(metrics).toMatch(
      /holdfast_http_request_duration_seconds_count\{method="GET",route="\/products\/:id",status="200"\} \d/,
    );
    expect(metrics).toContain('route="unmatched",status="404"');
    expect(metrics).not.toMatch(/nowhere|desk/);
  });
});

describe('the docs', () => {
  it('come with everything they need from here', async () => {
    const page = await fetch(at('/docs'));
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => new URL(String(file), at('/docs')));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect(file.origin).toBe(suite.gateway.url);
      expect((await fetch(file)).status).toBe(200);
    }
    expect(html).not.toMatch(/<script>/);
  });

  it('describe every route of the API', async () => {
    const { openapi, paths } = await document();
    expect(openapi).toBe('3.1.0');
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(operations).toEqual([
      'get /orders',
      'post /orders',
      'get /orders/{id}',
      'post /orders/{id}/cancel',
      'get /orders/{id}/events',
      'get /orders/{id}/timeline',
      'get /products',
      'post /products',
      'post /products/import',
      'get /products/{id}',
      'patch /products/{id}',
      'get /products/{id}/movements',
      'post /products/{id}/stock-adjustments',
      'get /webhooks',
      'post /webhooks',
      'get /webhooks/{id}',
      'patch /webhooks/{id}',
      'delete /webhooks/{id}',
      'post /webhooks/{id}/rotate-secret',
      'post /webhooks/{id}/test',
      'post /webhooks/{id}/enable',
      'post /webhooks/{id}/disable',
      'post /webhooks/{id}/replay',
      'get /webhooks/{id}/deliveries',
      'get /deliveries/{id}',
      'post /deliveries/{id}/retry',
      'get /dead-letters',
      'get /dead-letters/{queue}',
      'post /dead-letters/{queue}/redrive',
      'post /dead-letters/{queue}/discard',
      'get /dead-letters/{queue}/acts',
      'get /dead-letters/{queue}/acts/{actId}',
      'get /dead-letters/{queue}/{id}',
      'post /dead-letters/{queue}/{id}/redrive',
      'post /dead-letters/{queue}/{id}/discard',
      'get /health/live',
      'get /health/ready',
      'get /metrics',
      'get /docs',
      'get /openapi.json',
      'get /asyncapi.json',
    ]);
  });

  it('describe the methods that the server takes, no fewer and no more', async () => {
    const documented = await routes();
    for (const path of new Set(documented.map((route) => route.path))) {
      const refused = await fetch(at(path), { method: 'PROPFIND', headers: bearer(CLIENT_KEY), body: '{broken' });
      expect((await problemIn(refused)).code).toBe('METHOD_NOT_ALLOWED');
      const methods = documented.filter((route) => route.path === path).map(({ method }) => method);
      expect([path, refused.headers.get('allow')?.split(', ').sort()]).toEqual([path, methods.sort()]);
    }
  });

  it('describe the callback of every event', async () => {
    const { webhooks } = await document();
    expect(Object.keys(webhooks)).toEqual(webhookEventTypes);
    for (const callback of Object.values(webhooks)) {
      const { parameters } = (callback as { post: { parameters: { name: string }[] } }).post;
      expect(parameters.map(({ name }) => name)).toEqual(['webhook-id', 'webhook-timestamp', 'webhook-signature']);
    }
  });

  it('name no schema that is not there, and none that nothing names', async () => {
    const whole = await document();
    const names = [...JSON.stringify(whole).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect(Object.keys(whole.components.schemas).sort()).toEqual([...new Set(names)].sort());
  });
});
