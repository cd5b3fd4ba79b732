import { type BrokenBuild } from './broken-build.js';

export const finalStatesChange: BrokenBuild = {
  name: 'final-states-change',
  breaks: 'News of its stock confirms an order that is cancelled.',
  caughtBy: ['M', 'A'],
  dialects: ['sqlite', 'postgres'],
  instances: 1,
  needs: 'Orders that are cancelled right after they were placed.',
  replacements: [
    {
      module: 'orders-service/dist/domain/order-status.js',
      find: 'CANCELLED: [],',
      put: "CANCELLED: ['CONFIRMED'],",
    },
  ],
};
