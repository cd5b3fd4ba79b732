import { type TestBroker, testBroker } from '@holdfast/testing';
import { type Gateway } from '../src/gateway.js';
import { startTestGateway } from './gateway.harness.js';

let broker: TestBroker;
let gateway: Gateway;

beforeAll(async () => {
  broker = await testBroker();
  gateway = await startTestGateway(broker.url);
});
afterAll(async () => {
  await gateway.stop();
  await broker.close();
});

const page = () => `${gateway.url}/docs`;

/** Everything that a text makes a browser load: attributes of HTML, url() and @import of CSS. */
const loadedBy = (text: string): string[] =>
  [
    ...text.matchAll(/<(?:script|img|iframe|source|link)\b[^>]*?(?:src|href)=["']?([^"'\s>]+)/g),
    ...text.matchAll(/\burl\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]+))\s*\)/g),
    ...text.matchAll(/@import\s+["']([^"']+)/g),
  ].map(([, ...places]) => String(places.find((place) => place !== undefined)));

async function filesOf(url: string): Promise<{ url: URL; answer: Response; text: string }[]> {
  const answer = await fetch(url);
  const text = await answer.text();
  const isLoading = /text\/(html|css)/.test(answer.headers.get('content-type') ?? '');
  const references = isLoading ? loadedBy(text).filter((reference) => !reference.startsWith('data:')) : [];
  const nested = await Promise.all(references.map((reference) => filesOf(new URL(reference, answer.url).href)));
  return [{ url: new URL(url), answer, text }, ...nested.flat()];
}

describe('the docs page', () => {
  it('loads nothing from anywhere else', async () => {
    const files = await filesOf(page());
    expect(files.length).toBeGreaterThan(5);
    for (const { url, answer } of files) {
      expect(url.origin).toBe(gateway.url);
      expect([url.pathname, answer.status]).toEqual([url.pathname, 200]);
    }
  });

  it('forbids the browser to do so, whatever its scripts would like', async () => {
    const policy = (await fetch(page())).headers.get('content-security-policy') ?? '';
    const directives = new Map(policy.split('; ').map((directive) => directive.split(/ (.*)/) as [string, string]));
    expect(directives.get('default-src')).toBe("'none'");
    expect(directives.get('script-src')).toBe("'self'");
    const sources = new Set([...directives.values()].flatMap((value) => value.split(' ')));
    expect([...sources].sort()).toEqual(["'none'", "'self'", "'unsafe-inline'", 'data:']);
  });

  it('has the document with it and asks nobody to judge it', async () => {
    const files = await filesOf(page());
    const init = files.find(({ url }) => url.pathname.endsWith('swagger-ui-init.js'));
    expect(init?.text).toContain('"openapi": "3.1.0"');
    expect(init?.text).toContain('"validatorUrl": null');
    const [, options] = init?.text.split('"customOptions":') ?? [];
    expect(options).toEqual(expect.not.stringContaining('http'));
  });
});

describe.each(['/openapi.json', '/asyncapi.json'])('%s', (path) => {
  it('is JSON for everyone, without a key', async () => {
    const answer = await fetch(`${gateway.url}${path}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(await answer.json()).toMatchObject({ info: { version: '0.1.0' } });
  });
});
