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
});
