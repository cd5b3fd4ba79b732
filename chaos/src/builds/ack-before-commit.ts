import { type BrokenBuild } from './broken-build.js';

const QUEUE_CONSUMER = 'libs/messaging/dist/consumer/queue-consumer.js';

export const ackBeforeCommit: BrokenBuild = {
  name: 'ack-before-commit',
  breaks: 'A message is acked as it comes, as with a consumer without acks; its work is done after that.',
  // Orders whose messages are lost are asked for again by the reconciler. Nobody asks again for an event.
  caughtBy: ['W'],
  dialects: ['sqlite', 'postgres'],
  instances: 1,
  needs: 'A webhook-publisher that dies with an event in hand.',
  endsAt: { service: 'webhook-publisher', point: 'before-commit', label: 'order.' },
  replacements: [
    {
      module: QUEUE_CONSUMER,
      find: 'await this.options.process(message, session.lost.signal);',
      // Two turns, by which the ack is written: to do the work at once would still be the right order sometimes.
      put: `session.acks.settle(message.fields.deliveryTag);
        this.flush(session);
        await new Promise((written) => setImmediate(() => setImmediate(written)));
        await this.options.process(message, session.lost.signal);`,
    },
    {
      module: QUEUE_CONSUMER,
      find: `session.acks.settle(message.fields.deliveryTag);
            this.scheduleFlush(session);`,
      put: '',
    },
  ],
};
