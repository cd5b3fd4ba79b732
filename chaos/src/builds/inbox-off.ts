import { type BrokenBuild } from './broken-build.js';

export const inboxOff: BrokenBuild = {
  name: 'inbox-off',
  breaks: 'No consumer finds in its inbox that it has taken a message before.',
  // Stock and orders have unique keys behind the inbox. Events have one too, which turns a repeat into a fault.
  caughtBy: ['L', 'E', 'W'],
  dialects: ['sqlite', 'postgres'],
  instances: 1,
  needs: 'Messages that are delivered more than once.',
  needsRepeats: true,
  replacements: [
    {
      module: 'libs/messaging/dist/consumer/inbox.js',
      find: 'return changed === 1;',
      put: 'return changed >= 0;',
    },
  ],
};
