import { type BrokenBuild } from './broken-build.js';

export const marksBeforeConfirm: BrokenBuild = {
  name: 'marks-before-confirm',
  breaks: 'The relay notes events as published when it begins to publish them, and never looks at their confirms.',
  // Commands that are lost are asked for again by the reconciler. Events are not.
  caughtBy: ['W'],
  dialects: ['sqlite', 'postgres'],
  instances: 1,
  needs: 'An orders-service that dies with events under way, or a broker that is away.',
  endsAt: { service: 'orders-service', point: 'after-mark', label: 'relay.mark' },
  replacements: [
    {
      module: 'libs/messaging/dist/event-log/relay.js',
      find: 'const done = this.publish(messages)',
      put: `this.advance(last);
        const done = this.mark()
            .then(() => this.publish(messages))
            .catch(() => undefined)`,
    },
  ],
};
