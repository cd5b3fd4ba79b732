import { type BrokenBuild } from './broken-build.js';

export const cancelUnheard: BrokenBuild = {
  name: 'cancel-unheard',
  breaks: 'A consumer that RabbitMQ has cancelled is not started again, and readiness says that it is there.',
  caughtBy: ['S'],
  dialects: ['sqlite', 'postgres'],
  instances: 1,
  needs: 'A queue that is deleted while it is consumed.',
  // Nobody asks it anything under this load, so that nothing but its consumer is missed.
  deletes: 'products_queries',
  replacements: [
    {
      module: 'libs/messaging/dist/consumer/queue-consumer.js',
      find: `session.consumerTag = undefined;
            this.channel.restart();
            return;`,
      put: 'return;',
    },
  ],
};
