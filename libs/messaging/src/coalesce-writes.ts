import { type Duplex } from 'node:stream';

/**
 * Makes one system call of what is written to a socket within a tick. amqplib writes every message to the socket by
 * itself, ioredis every command; a batch of 200 publishes is 200 calls and as many small segments for the broker.
 */
export function coalesceWrites(stream: Duplex): void {
  const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
  let corked = false;
  const uncork = () => {
    corked = false;
    stream.uncork();
  };
  stream.write = (...args: unknown[]): boolean => {
    if (!corked) {
      corked = true;
      stream.cork();
      process.nextTick(uncork);
    }
    return write(...args);
  };
}
