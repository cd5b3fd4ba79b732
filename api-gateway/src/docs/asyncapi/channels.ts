import { messages, type Pattern, type QueueName } from '@holdfast/contracts';
import { deadLetterQueueOf, EVENTS_EXCHANGE, queues } from '@holdfast/messaging';
import { answers } from './answers.js';
import { patterns, replyTo } from './messages.js';

const AMQP_BINDING = '0.3.0';
const REPLIES = 'replies';

const referTo = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }]));

const queueOf = (pattern: Pattern): QueueName | undefined => {
  const contract = messages[pattern];
  return contract.kind === 'event' ? undefined : contract.queue;
};

/** Queues by name, events by type, where answers go, and where dead letters lie. */
export const channels = () => ({
  ...Object.fromEntries((Object.keys(queues) as QueueName[]).map((queue) => [queue, queueChannel(queue)])),
  ...Object.fromEntries(patterns.filter((pattern) => !queueOf(pattern)).map((type) => [type, eventChannel(type)])),
  [REPLIES]: {
    address: null,
    title: 'Answers',
    description: 'Each goes where `reply-to` of its request says: `amq.rabbitmq.reply-to`, or a queue of the caller.',
    messages: referTo(patterns.filter((pattern) => answers[pattern]).map(replyTo)),
  },
  deadLetters: {
    address: deadLetterQueueOf('{queue}'),
    title: 'Dead letters',
    description: 'What could not be processed, with the reason, until somebody looks at it.',
    parameters: { queue: { description: 'where it came from', enum: workQueues } },
    messages: referTo(['deadLetter']),
    bindings: { amqp: queueBinding(undefined) },
  },
});

const workQueues = (Object.keys(queues) as QueueName[]).filter((queue) => queues[queue].kind === 'work');

function queueChannel(queue: QueueName) {
  const retried =
    'A message that meets a fault which may pass comes again after 1, 5, 30, 120 and 600 s, with `x-attempt`; ' +
    `one that cannot be processed goes to \`${deadLetterQueueOf(queue)}\`.`;
  return {
    address: queue,
    title: queues[queue].kind === 'work' ? 'Commands' : 'Queries',
    description: queues[queue].kind === 'work' ? retried : 'A query that nobody took within 10 s is dropped.',
    messages: referTo(patterns.filter((pattern) => queueOf(pattern) === queue)),
    bindings: { amqp: queueBinding(queue) },
  };
}

const queueBinding = (name: string | undefined) => ({
  is: 'queue',
  queue: { ...(name !== undefined && { name }), durable: true, exclusive: false, autoDelete: false, vhost: '/' },
  bindingVersion: AMQP_BINDING,
});

function eventChannel(type: Pattern) {
  return {
    address: type,
    title: type,
    description:
      'At least once, with the same `messageId`. Bind a queue of your own to the exchange with this routing key.',
    messages: referTo([type]),
    bindings: {
      amqp: {
        is: 'routingKey',
        exchange: { name: EVENTS_EXCHANGE, type: 'topic', durable: true, autoDelete: false, vhost: '/' },
        bindingVersion: AMQP_BINDING,
      },
    },
  };
}

/** What is received from each queue and answered, and which events are sent. */
export const operations = () => Object.fromEntries(patterns.map((pattern) => [pattern, operationOf(pattern)]));

function operationOf(pattern: Pattern) {
  const queue = queueOf(pattern);
  const channel = queue ?? pattern;
  return {
    action: queue ? 'receive' : 'send',
    channel: { $ref: `#/channels/${channel}` },
    messages: [{ $ref: `#/channels/${channel}/messages/${pattern}` }],
    ...(answers[pattern] && { reply: replyFor(pattern) }),
  };
}

const replyFor = (pattern: Pattern) => ({
  address: { location: '$message.header#/replyTo' },
  channel: { $ref: `#/channels/${REPLIES}` },
  messages: [{ $ref: `#/channels/${REPLIES}/messages/${replyTo(pattern)}` }],
});
