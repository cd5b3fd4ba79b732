import { type BrokenBuild } from './broken-build.js';

export const requestsWithoutLimit: BrokenBuild = {
  name: 'requests-without-limit',
  breaks: 'The gateway waits for an answer for as long as it takes.',
  caughtBy: ['B'],
  dialects: ['sqlite', 'postgres'],
  instances: 1,
  needs: 'A service that stands still for longer than anybody should wait.',
  // Longer than the limit of a request, shorter than the patience of its client.
  suspends: { service: 'orders-service', ms: 13_500 },
  replacements: [
    {
      module: 'libs/messaging/dist/rpc/rpc-client.js',
      find: '}, options.timeoutMs);',
      put: '}, 2 ** 31 - 1);',
    },
  ],
};
