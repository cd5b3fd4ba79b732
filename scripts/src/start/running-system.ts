import { ProvidedServer } from '../servers/server-kind.js';
import { Log } from './log.js';
import { PartProcess } from './part-process.js';

/** Longer than the parts' own limit for what is in flight. */
const PART_STOP_TIMEOUT_MS = 15_000;

/** What was started so far; {@link RunningSystem.stopAll} undoes it backwards. */
export class RunningSystem {
  readonly servers: ProvidedServer[] = [];
  readonly parts: PartProcess[] = [];
  releaseDataDir: () => void = () => undefined;

  /** Stops the parts, then the servers that were started here, and nothing else. */
  async stopAll(log: Log): Promise<void> {
    if (this.parts.length > 0) log.info('stopping the parts …');
    await Promise.all(this.parts.map((part) => part.stop(PART_STOP_TIMEOUT_MS)));
    if (this.servers.some(({ child }) => child !== undefined))
      log.info('stopping the servers that were started here …');
    await Promise.all(this.servers.map((server) => server.stop()));
    this.releaseDataDir();
  }

  /** For somebody who does not want to wait. Nothing is lost: everything here survives being killed. */
  async killAll(): Promise<void> {
    await Promise.all([...this.parts.map((part) => part.kill()), ...this.servers.map(({ child }) => child?.kill())]);
  }
}
