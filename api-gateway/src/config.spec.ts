import { ConfigError } from '@holdfast/platform';
import { loadGatewayConfig } from './config.js';

const API_KEYS = 'client:shop:a-secret-of-length-24-xy';

const problemsOf = (env: NodeJS.ProcessEnv): readonly string[] => {
  try {
    loadGatewayConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('loadGatewayConfig', () => {
  it('needs keys and nothing else', () => {
    expect(loadGatewayConfig({ API_KEYS })).toMatchObject({
      GATEWAY_PORT: 3000,
      HOST: '127.0.0.1',
      REQUEST_TIMEOUT_MS: 10_000,
      MAX_IN_FLIGHT: 1_000,
      RATE_LIMIT_REQUESTS: 100_000,
      RATE_LIMIT_WINDOW_S: 10,
      TRUSTED_PROXIES: [],
      CORS_ORIGINS: [],
    });
    expect(problemsOf({})).toEqual([expect.stringMatching(/^API_KEYS: must be set/)]);
  });

  it('says everything that is wrong at once, and shows no secret', () => {
    const problems = problemsOf({
      API_KEYS: `${API_KEYS},root:x:another-secret-0123`,
      GATEWAY_PORT: '70000',
      REQUEST_TIMEOUT_MS: 'soon',
      MAX_IN_FLIGHT: '0',
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(
      expect.arrayContaining(['API_KEYS', 'GATEWAY_PORT', 'REQUEST_TIMEOUT_MS', 'MAX_IN_FLIGHT']),
    );
    expect(problems.join()).not.toMatch(/secret-/);
  });

  it('takes lists of origins and of networks', () => {
    const config = loadGatewayConfig({
      API_KEYS,
      CORS_ORIGINS: 'https://shop.example, http://localhost:5173,',
      TRUSTED_PROXIES: '10.0.0.0/8,192.0.2.7, 2001:db8::/32,::1',
    });
    expect(config.CORS_ORIGINS).toEqual(['https://shop.example', 'http://localhost:5173']);
    expect(config.TRUSTED_PROXIES).toEqual(['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', '::1']);
  });

  it.each([
    ['CORS_ORIGINS', '*'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'https://shop.example/'],
    ['CORS_ORIGINS', 'https://shop.example/path'],
    ['CORS_ORIGINS', 'HTTPS://shop.example'],
    ['CORS_ORIGINS', 'https://shop.example:443'],
    ['CORS_ORIGINS', 'https://*.example'],
    ['CORS_ORIGINS', 'file://'],
    ['TRUSTED_PROXIES', '*'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0.0.0/255.0.0.0'],
    ['TRUSTED_PROXIES', '10.0.0'],
    ['TRUSTED_PROXIES', '::1/129'],
  ])('refuses %s=%s, which would match nothing or everything', (name, value) => {
    expect(problemsOf({ API_KEYS, [name]: value })).toEqual([expect.stringContaining(`${name}: must be`)]);
  });
});
