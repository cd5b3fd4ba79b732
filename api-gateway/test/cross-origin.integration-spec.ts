import { type TestBroker, testBroker } from '@holdfast/testing';
import { type Gateway } from '../src/gateway.js';
import { bearer, CLIENT_KEY, post, startTestGateway, untilReady } from './gateway.harness.js';
import { RawConnection } from './raw-http.js';
import { ServicesDouble } from './services.double.js';

const SHOP = 'https://shop.example';
const EVIL = 'https://evil.example';

let broker: TestBroker;
let services: ServicesDouble;
let gateway: Gateway;
let closed: Gateway;

beforeAll(async () => {
  broker = await testBroker();
  services = await ServicesDouble.start(broker.url);
  gateway = await startTestGateway(broker.url, {
    CORS_ORIGINS: `${SHOP}, http://localhost:5173`,
    TRUSTED_PROXIES: '127.0.0.1',
  });
  closed = await startTestGateway(broker.url);
  await untilReady(gateway);
  await untilReady(closed);
});
beforeEach(() => services.forget());
afterAll(async () => {
  await gateway.stop();
  await closed.stop();
  await services.close();
  await broker.close();
});

/** As a browser sends it; fetch of Node would leave these headers out. */
async function preflight(url: string, origin: string): Promise<RawConnection> {
  const connection = await RawConnection.open(url);
  connection.send(
    `OPTIONS /orders HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nAccess-Control-Request-Method: POST\r\n` +
      'Access-Control-Request-Headers: authorization,content-type,idempotency-key\r\nConnection: close\r\n\r\n',
  );
  return connection.untilClosed();
}

describe('pages of origins that are allowed', () => {
  it.each([SHOP, 'http://localhost:5173'])('of %s may ask, without a key, what they may send', async (origin) => {
    const { status, text } = await preflight(gateway.url, origin);
    expect(status).toBe(204);
    expect(text).toContain(`access-control-allow-origin: ${origin}\r\n`);
    expect(text).toMatch(/access-control-allow-methods: .*POST/);
    expect(text).toMatch(/access-control-allow-headers: .*Authorization.*Content-Type.*Idempotency-Key/);
    expect(text).toMatch(/access-control-max-age: \d+/);
    expect(text).toMatch(/vary: Origin/);
    expect(text).not.toMatch(/access-control-allow-credentials|access-control-allow-origin: \*/);
  });

  it('may read answers and refusals, with the headers that matter', async () => {
    const order = { productId: 'lamp', quantity: 1 };
    const headers = { origin: SHOP };
    const answers = [
      await post(`${gateway.url}/orders`, order, headers),
      await post(`${gateway.url}/orders`, '{broken', headers),
      await fetch(`${gateway.url}/orders`, { method: 'DELETE', headers }),
      await fetch(`${gateway.url}/products`, { headers }),
      await fetch(`${gateway.url}/nowhere`, { headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 400, 405, 401, 404]);
    for (const answer of answers) {
      expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP);
      expect(answer.headers.get('access-control-expose-headers')?.split(', ')).toEqual(
        expect.arrayContaining(['Location', 'ETag', 'Idempotency-Replayed', 'Retry-After', 'RateLimit-Remaining']),
      );
      expect(answer.headers.get('vary')).toBe('Origin');
    }
  });
});

describe('pages of other origins', () => {
  it.each([EVIL, 'null', 'https://shop.example.evil.example', 'http://shop.example', 'https://shop.example:8443'])(
    'of %s may neither ask nor read',
    async (origin) => {
      const { status, text } = await preflight(gateway.url, origin);
      expect(status).toBe(405);
      expect(text).not.toContain('access-control-');
      const answer = await fetch(`${gateway.url}/products`, { headers: { ...bearer(CLIENT_KEY), origin } });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('vary')).toBe('Origin');
    },
  );

  it('are all origins unless some are allowed', async () => {
    expect((await preflight(closed.url, SHOP)).text).not.toContain('access-control-');
    const answer = await fetch(`${closed.url}/products`, { headers: { ...bearer(CLIENT_KEY), origin: SHOP } });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('vary')).toBeNull();
  });
});

describe('the headers of every answer', () => {
  it('are those that browsers and caches need to be told', async () => {
    const answers = [
      await fetch(`${closed.url}/products`, { headers: bearer(CLIENT_KEY) }),
      await fetch(`${closed.url}/products`),
      await fetch(`${closed.url}/nowhere`),
      await fetch(`${closed.url}/health/ready`),
      await fetch(`${closed.url}/asyncapi.json`),
      await post(`${closed.url}/orders`, '{broken'),
    ];
    for (const { headers } of answers) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-type')).toMatch(/^application\/(problem\+)?json; charset=utf-8$/);
      expect(headers.get('server')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('strict-transport-security')).toBeNull();
    }
  });

  it('keep browsers on TLS where a trusted proxy says that it is spoken', async () => {
    const headers = { ...bearer(CLIENT_KEY), 'x-forwarded-proto': 'https' };
    const behind = await fetch(`${gateway.url}/products`, { headers });
    expect(behind.headers.get('strict-transport-security')).toBe('max-age=31536000');
    const forged = await fetch(`${closed.url}/products`, { headers });
    expect(forged.headers.get('strict-transport-security')).toBeNull();
  });
});
