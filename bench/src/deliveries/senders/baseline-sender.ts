import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { BenchProcess } from '../../processes/bench-process.js';
import { Teardown } from '../../processes/teardown.js';
import { Endpoint } from '../endpoint.js';
import { SenderConfig, Sent, toEnvironment } from './sender-process.js';

/** What the product is held against. */
export const BASELINES = ['plain', 'bullmq'] as const;
export type BaselineName = (typeof BASELINES)[number];

/** One of them in a process of its own. */
export class BaselineSender {
  private constructor(readonly process: BenchProcess) {}

  static async start(
    kind: BaselineName,
    { config, dataDir, teardown }: { config: SenderConfig; dataDir: string; teardown: Teardown },
  ): Promise<BaselineSender> {
    const script = join(import.meta.dirname, `${kind}.process.js`);
    const process = BenchProcess.start({ name: 'sender', script, env: toEnvironment(config), dataDir }, teardown);
    await process.message();
    return new BaselineSender(process);
  }

  async store(callbacks: number): Promise<void> {
    await this.process.ask({ store: callbacks });
  }

  async send(): Promise<Sent> {
    return (await this.process.ask('send')) as Sent;
  }
}

/** An endpoint of the receiver with a secret of its own. */
export const withNewSecret = (url: string): Endpoint => ({
  url,
  secret: `whsec_${randomBytes(32).toString('base64')}`,
});
