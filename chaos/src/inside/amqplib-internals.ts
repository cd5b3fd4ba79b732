import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Channel, type ConfirmChannel } from 'amqplib';

/** The classes of amqplib's channels, of which it exports the types only, and its encoder. */
export interface AmqplibInternals {
  Channel: Class<Channel>;
  ConfirmChannel: Class<ConfirmChannel>;
  /** @throws what `publish` throws for a message that cannot be encoded. */
  encode(...message: Parameters<Channel['publish']>): void;
}

interface Class<T> {
  new (...given: never[]): T;
  prototype: T;
}

interface Definitions {
  BasicPublish: number;
  BasicProperties: number;
  encodeMethod(id: number, channel: number, fields: object): Buffer;
  encodeProperties(id: number, channel: number, size: number, fields: object): Buffer;
}

/** Those of the copy that the services load: CommonJS modules are one per file and process, however they are imported. */
export function amqplibInternals(): AmqplibInternals {
  const require = createRequire(import.meta.url);
  const lib = join(dirname(require.resolve('amqplib')), 'lib');
  const { Channel, ConfirmChannel } = require(join(lib, 'channel_model.js')) as AmqplibInternals;
  const definitions = require(join(lib, 'defs.js')) as Definitions;
  // `publish` as it is, on something that encodes as a channel does and sends nothing.
  const publish = Channel.prototype.publish;
  const sendMessage = (fields: object, properties: object, { length }: Buffer) => {
    definitions.encodeMethod(definitions.BasicPublish, 1, fields);
    definitions.encodeProperties(definitions.BasicProperties, 1, length, properties);
  };
  return { Channel, ConfirmChannel, encode: (...message) => void Reflect.apply(publish, { sendMessage }, message) };
}
