/** What a process of the bare pipeline is told, as environment variables. */
export interface BareConfig {
  amqpUrl: string;
  dataDir: string;
  port: number;
  skus: string[];
  /** Units of every sku. */
  stock: number;
  /** Publish order.created and order.confirmed as well. */
  allEvents: boolean;
}

export function toEnvironment(config: BareConfig): NodeJS.ProcessEnv {
  return { BARE_CONFIG: JSON.stringify(config) };
}

/** Runs `start` and tells the parent when it is ready. The process ends with its parent, whatever ends that one. */
export async function runBareProcess(start: (config: BareConfig) => Promise<void>): Promise<void> {
  process.once('disconnect', () => process.exit(0));
  await start(JSON.parse(process.env.BARE_CONFIG ?? '{}') as BareConfig);
  process.send?.('ready');
}
