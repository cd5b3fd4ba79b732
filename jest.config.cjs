/**
 * Nest 12 is ESM only and Jest 30 on Node 20 cannot require it, so swc turns our code and the ESM-only packages
 * below into CommonJS. Workspace packages resolve to their sources: a test never runs a stale build.
 */
const esmOnly = [
  '@nestjs',
  'content-disposition',
  'uuid',
  'file-type',
  'cookie',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'es-toolkit',
];

const shared = {
  testEnvironment: 'node',
  moduleFileExtensions: ['ts', 'js', 'json'],
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: {
    '^@holdfast/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@holdfast/([a-z-]+)/([a-z-]+)$': '<rootDir>/libs/$1/src/$2.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  rootDir: __dirname,
};

/** One private RabbitMQ and one private Redis for the whole run; started only when one of these tests is. */
const withServers = {
  ...shared,
  globalSetup: '<rootDir>/libs/testing/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/jest/global-teardown.mjs',
};

module.exports = {
  // Conditions have deadlines of their own, which name what did not come; this one is for what waits for nothing. Jest
  // knows it here only, not in a project.
  testTimeout: 300_000,
  // Files in processes of their own: what one leaves behind is not the next one's. Three on two cores, since much of what
  // they do is waiting for servers that start.
  maxWorkers: 3,
  testSequencer: '<rootDir>/libs/testing/jest/test-sequencer.cjs',
  // After global teardown, and with every test done: Node 20 can spin for ever in its own clean-up of sockets that were
  // cut in the middle of a connect, which these tests do on purpose.
  forceExit: true,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['**/*.spec.ts'] },
    { ...withServers, displayName: 'integration', testMatch: ['**/*.integration-spec.ts'] },
    { ...withServers, displayName: 'e2e', testMatch: ['**/*.e2e-spec.ts'] },
  ],
};
