import { resolve } from 'node:path';
import { z } from 'zod';
import {
  amqpUrls,
  anyDatabaseUrl,
  ConfigError,
  commonConfig,
  databaseLocation,
  databaseUrl,
  integer,
  loadConfig,
  maskedUrl,
  port,
  redisUrl,
} from './config.js';

const schema = z.object({
  ...commonConfig,
  PORT: port(3000),
  PREFETCH: integer({ min: 1, max: 5_000, default: 250 }),
  REDIS_URL: redisUrl,
  DATABASE_URL: databaseUrl,
});

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(schema, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(loadConfig(schema, {})).toEqual({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      AMQP_URL: ['amqp://guest:guest@127.0.0.1:5672'],
      DATA_DIR: '.data',
      PORT: 3000,
      PREFETCH: 250,
      REDIS_URL: 'redis://127.0.0.1:6379',
    });
  });

  it('takes a variable that is set but empty as absent', () => {
    expect(loadConfig(schema, { PORT: '', AMQP_URL: '', LOG_LEVEL: '' })).toEqual(loadConfig(schema, {}));
  });

  it('ignores what is not its own', () => {
    expect(loadConfig(schema, { HOME: '/root' })).toEqual(loadConfig(schema, {}));
  });

  it('names every problem at once', () => {
    const problems = problemsOf({
      PORT: '70000',
      PREFETCH: 'many',
      LOG_LEVEL: 'loud',
      AMQP_URL: 'http://broker',
      REDIS_URL: 'localhost:6379',
      DATABASE_URL: 'postgres://db/orders',
    });
    expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
      'AMQP_URL',
      'DATABASE_URL',
      'LOG_LEVEL',
      'PORT',
      'PREFETCH',
      'REDIS_URL',
    ]);
  });

  it('repeats no value in its problems: a URL holds a password', () => {
    const env = {
      AMQP_URL: 'http://user:s3cret@broker',
      REDIS_URL: 's3cret',
      DATABASE_URL: 'postgres://u:s3cret@db/o',
    };
    expect(problemsOf(env)).toHaveLength(3);
    expect(new ConfigError(problemsOf(env)).message).not.toContain('s3cret');
  });

  it.each(['0', '65536', '-1', '3000.5', '3e3', ' 3000', '0x50', '1e309', '99999999999999999999', 'NaN', '٣٠٠٠'])(
    'takes no port %j',
    (text) => {
      expect(problemsOf({ PORT: text })).toHaveLength(1);
    },
  );

  it.each([
    ['1', 1],
    ['65535', 65_535],
    ['08080', 8_080],
  ])('takes the port %j', (text, number) => {
    expect(loadConfig(schema, { PORT: text }).PORT).toBe(number);
  });
});

describe('broker URLs', () => {
  it.each([
    ['amqp://a', ['amqp://a']],
    ['amqp://a/v, amqps://b:5671/v', ['amqp://a/v', 'amqps://b:5671/v']],
    ['amqp://a,amqp://b/,amqp://c/%2F', ['amqp://a', 'amqp://b/', 'amqp://c/%2F']],
    ['amqp://u:a%2Cb@a/v,amqp://u:a%2Cb@b/v', ['amqp://u:a%2Cb@a/v', 'amqp://u:a%2Cb@b/v']],
  ])('%j', (text, urls) => {
    expect(amqpUrls.parse(text)).toEqual(urls);
  });

  const ill = (which: string) =>
    `${which} must be amqp://… or amqps://…, with a comma, @ or / in its password written as %2C, %40, %2F`;

  it.each([
    ['a:5672', [ill('the URL')]],
    ['amqp:// a', [ill('the URL')]],
    ['amqp://a/%zz', [ill('the URL')]],
    ['amqp://a,', ['URL 2 of 2 is empty']],
    ['amqp://u:s3cret@a,http://u:s3cret@b,amqp://c', [ill('URL 2 of 3')]],
    ['amqp://u:s3,cret@a/v', [ill('URL 1 of 2'), ill('URL 2 of 2')]],
    [
      'amqp://a/v,amqp://b/v,amqp://c',
      ['URL 3 of 3 names another virtual host than the first: these would be two systems'],
    ],
  ])('%j is refused: %j', (text, problems) => {
    const messages = amqpUrls.safeParse(text).error?.issues.map(({ message }) => message);
    expect(messages).toEqual(problems);
    expect(String(messages)).not.toMatch(/s3|cret/);
  });
});

describe('a database', () => {
  it.each([
    ['sqlite:/var/lib/orders.db', '/var/lib/orders.db'],
    ['sqlite:orders.db', 'orders.db'],
    ['./orders.db', './orders.db'],
    [undefined, undefined],
  ])('%j is the file %j', (url, file) => {
    expect(databaseUrl.parse(url)).toBe(file);
  });

  it.each(['postgres://db/orders', 'POSTGRESQL://db/orders', 'mysql://db', 'sqlite:///orders.db'])(
    '%j is refused',
    (url) => {
      expect(databaseUrl.safeParse(url).success).toBe(false);
    },
  );
});

describe('a database of either kind', () => {
  it.each([
    ['sqlite:/var/lib/webhooks.db', { dialect: 'sqlite', file: '/var/lib/webhooks.db' }],
    ['./webhooks.db', { dialect: 'sqlite', file: resolve('webhooks.db') }],
    [undefined, { dialect: 'sqlite', file: resolve('.data/fallback.db') }],
    ['postgres://u:p@db:5433/webhooks', { dialect: 'postgres', url: 'postgres://u:p@db:5433/webhooks' }],
    ['POSTGRESQL://db/webhooks', { dialect: 'postgres', url: 'POSTGRESQL://db/webhooks' }],
  ])('%j is %j', (url, location) => {
    expect(databaseLocation(anyDatabaseUrl.parse(url), '.data/fallback.db')).toEqual(location);
  });

  it.each(['mysql://u:s3cret@db', 'sqlite:///webhooks.db'])('%j is refused', (url) => {
    const { success, error } = anyDatabaseUrl.safeParse(url);
    expect(success).toBe(false);
    expect(error?.message).not.toContain('s3cret');
  });
});

describe('a URL in a log', () => {
  it.each([
    ['amqp://user:s3cret@broker:5672/v?heartbeat=15&password=s3cret', 'amqp://broker:5672/v'],
    ['redis://:s3cret@cache/3', 'redis://cache/3'],
    ['amqps://broker', 'amqps://broker'],
  ])('%j is shown as %j', (url, shown) => {
    expect(maskedUrl(url)).toBe(shown);
  });
});
