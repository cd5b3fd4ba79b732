import { dataDirOf, explicitPort, mergeEnvironment, portOf, reachableHost } from './environment.js';
import { StartError } from './start.errors.js';

describe('the environment', () => {
  it('is .env, overruled by the shell', () => {
    const file = '# comment\nGATEWAY_PORT=4000\nLOG_LEVEL="debug" # why\n';
    expect(mergeEnvironment(file, { GATEWAY_PORT: '5000', OTHER: 'x' })).toEqual({
      GATEWAY_PORT: '5000',
      LOG_LEVEL: 'debug',
      OTHER: 'x',
    });
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    expect(mergeEnvironment('AMQP_URL=\nREDIS_URL=redis://a\n', { REDIS_URL: '' })).toEqual({ REDIS_URL: 'redis://a' });
  });
});

describe('a port', () => {
  it('has a default', () => {
    expect(portOf({}, 'GATEWAY_PORT', 3000)).toBe(3000);
    expect(portOf({ GATEWAY_PORT: '4000' }, 'GATEWAY_PORT', 3000)).toBe(4000);
    expect(explicitPort({}, 'AMQP_PORT')).toBeUndefined();
  });

  it.each(['0', '65536', '-1', '3000.5', '3e3', '0x10', 'http', ' '])('refuses %j, naming the variable', (value) => {
    expect(() => portOf({ GATEWAY_PORT: value }, 'GATEWAY_PORT', 3000)).toThrow(StartError);
    expect(() => portOf({ GATEWAY_PORT: value }, 'GATEWAY_PORT', 3000)).toThrow(/^GATEWAY_PORT is/);
  });
});

it.each([
  [{}, '/repo/.data'],
  [{ DATA_DIR: 'second' }, '/repo/second'],
  [{ DATA_DIR: '/var/lib/holdfast' }, '/var/lib/holdfast'],
])('puts the data of %j into %s', (environment, expected) => {
  expect(dataDirOf(environment, '/repo')).toBe(expected);
});

it.each([
  [undefined, '127.0.0.1'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '127.0.0.1'],
  ['192.0.2.7', '192.0.2.7'],
  ['::1', '[::1]'],
])('reaches a part that listens on %s at %s', (host, expected) => {
  expect(reachableHost(host === undefined ? {} : { HOST: host })).toBe(expected);
});
