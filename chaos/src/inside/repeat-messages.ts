import { type Channel, type Options } from 'amqplib';
import { amqplibInternals } from './amqplib-internals.js';
import { chanceFrom } from './chance.js';
import { HeldCopies } from './held-copies.js';
import { type Repeats } from './inside.js';
import { type Copies, scheduleCopies } from './schedule-copies.js';

type Confirmed = (error: unknown, reply: object) => void;
type Publish = (
  exchange: string,
  routingKey: string,
  content: Buffer,
  options?: Options.Publish,
  confirmed?: Confirmed,
) => boolean;

// What a consumer has moved there comes back as it is. Were it repeated too, each failure would multiply a message: at
// most twelve times, by up to five.
const MOVED_AFTER_FAILURE = /\.(retry\.\d+|dlq)$/;

/**
 * Has every message that this process publishes go out several times ({@link scheduleCopies}). Whoever publishes sees what
 * it sees without: a message that cannot be sent is refused at once, and the confirm of the first copy is the confirm.
 *
 * Until then a command is held back: at the points that say "written" it may not be.
 */
export function repeatMessages(repeats: Repeats): void {
  const { Channel, ConfirmChannel, encode } = amqplibInternals();
  const chance = chanceFrom(repeats.seed);
  const heldOn = heldByChannel();
  const repeating = (original: Publish, passes: (channel: Channel) => boolean): Publish =>
    function (this: Channel, ...message) {
      const [exchange, routingKey, content, options] = message;
      const send = (copy: Parameters<Publish>) => Reflect.apply(original, this, copy);
      if (passes(this) || MOVED_AFTER_FAILURE.test(routingKey) || isClosed(this)) return send(message);
      encode(exchange, routingKey, content, options);
      const delays = scheduleCopies(repeats, exchange === '' ? 'to-queue' : 'event', chance);
      publishCopies(heldOn(this), delays, message, send);
      return true;
    };
  // A confirm channel publishes through the plain one's method; what comes from there is a copy already.
  const isConfirming = (channel: Channel) => channel instanceof ConfirmChannel;
  const { publish, close } = Channel.prototype;
  const { publish: publishConfirmed } = ConfirmChannel.prototype;
  Channel.prototype.publish = repeating(publish, isConfirming);
  ConfirmChannel.prototype.publish = repeating(publishConfirmed as Publish, () => false) as typeof publishConfirmed;
  Channel.prototype.close = function (this: Channel) {
    heldOn(this).flush();
    return Reflect.apply(close, this, []);
  };
}

function heldByChannel(): (channel: object) => HeldCopies {
  const held = new WeakMap<object, HeldCopies>();
  return (channel) => {
    const copies = held.get(channel) ?? new HeldCopies();
    held.set(channel, copies);
    return copies;
  };
}

/** @param send throws where the channel has closed, as amqplib does. */
function publishCopies(
  held: HeldCopies,
  [first, ...others]: Copies,
  message: Parameters<Publish>,
  send: (copy: Parameters<Publish>) => void,
): void {
  const [exchange, routingKey, content, options, confirmed] = message;
  if (first === 0) send(message);
  // A channel that closes meanwhile cannot be told of by throwing any more.
  else held.add(first, () => attempt(send, message, (error) => confirmed?.(error, {})));
  // A copy that finds no queue is not returned: its first one is, and that is what its publisher counts on.
  const copy: Parameters<Publish> = [exchange, routingKey, content, { ...options, mandatory: false }];
  for (const delayMs of others) held.add(delayMs, () => attempt(send, copy, () => undefined));
}

function attempt(
  send: (copy: Parameters<Publish>) => void,
  copy: Parameters<Publish>,
  failed: (error: unknown) => void,
): void {
  try {
    send(copy);
  } catch (error) {
    failed(error);
  }
}

/** amqplib has a closed channel refuse to send by a function of its own. */
const isClosed = (channel: object): boolean => Object.hasOwn(channel, 'sendMessage');
