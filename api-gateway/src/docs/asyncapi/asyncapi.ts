import { channels, operations } from './channels.js';
import { propertySchemas } from './message-properties.js';
import { describedMessages, refusalSchemas } from './messages.js';

const INTRODUCTION = `The services talk over RabbitMQ only. A message is \`{"pattern": …, "data": …}\`. Commands and queries go to the
queue of the service that answers them; events go to the topic exchange \`events\` with their type as routing key. Whatever
comes twice has its effect once.`;

/** The messages on RabbitMQ as AsyncAPI 3. */
export function asyncApiDocument() {
  return {
    asyncapi: '3.0.0',
    id: 'urn:holdfast:messages',
    info: {
      title: 'Holdfast messages',
      version: '0.1.0',
      description: INTRODUCTION,
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    defaultContentType: 'application/json',
    servers: {
      rabbitmq: {
        host: 'localhost:5672',
        protocol: 'amqp',
        protocolVersion: '0.9.1',
        description: 'RabbitMQ 3.10 or newer, where `AMQP_URL` says',
        security: [{ $ref: '#/components/securitySchemes/login' }],
      },
    },
    channels: channels(),
    operations: operations(),
    components: {
      messages: describedMessages(),
      schemas: { ...propertySchemas(), ...refusalSchemas() },
      correlationIds: { request: { location: '$message.header#/correlationId' } },
      securitySchemes: { login: { type: 'userPassword', description: 'a user of RabbitMQ' } },
    },
  };
}
