import { Endpoint } from '../endpoint.js';

/** What the process of a sender is told, as an environment variable. */
export interface SenderConfig {
  endpoints: readonly Endpoint[];
  redisUrl: string;
  bullmqConcurrency: number;
}

export type SenderOrder = { store: number } | 'send';

/** When the sending of all that was stored began and ended: epoch milliseconds. */
export interface Sent {
  startedAt: number;
  finishedAt: number;
}

/** A way to get callbacks to their endpoints. */
export interface Sender {
  /** Has this many callbacks ready, spread over the endpoints; sends none. */
  store(callbacks: number): Promise<void>;
  /** Sends what is stored; resolves when every callback is acknowledged and done with. */
  send(): Promise<void>;
}

export const toEnvironment = (config: SenderConfig): NodeJS.ProcessEnv => ({ SENDER_CONFIG: JSON.stringify(config) });

/** Runs a sender for its parent. A callback that fails ends the process: a figure with failures in it would be of nothing. */
export async function runSender(create: (config: SenderConfig) => Promise<Sender>): Promise<void> {
  process.once('disconnect', () => process.exit(0));
  const sender = await create(JSON.parse(process.env.SENDER_CONFIG ?? '{}') as SenderConfig);
  process.on('message', (order: SenderOrder) => void obey(sender, order).then((answer) => process.send?.(answer)));
  process.send?.('ready');
}

async function obey(sender: Sender, order: SenderOrder): Promise<Sent | string> {
  if (order !== 'send') {
    await sender.store(order.store);
    return 'stored';
  }
  const startedAt = Date.now();
  await sender.send();
  return { startedAt, finishedAt: Date.now() };
}
