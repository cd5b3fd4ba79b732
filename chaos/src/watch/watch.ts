import { setTimeout as delay } from 'node:timers/promises';
import { type History } from '../history/history.js';
import { type Stand } from '../stand/stand.js';
import { Bounds } from './bounds.js';
import { type Limits } from './limits.js';
import { lookAround } from './look-around.js';
import { SilentStops } from './silent-stops.js';

const LOOK_MS = 1_000;

/** Looks at everything once a second while faults happen, and writes down what must not be. */
export class Watch {
  readonly silent: string[] = [];
  readonly unbounded: string[] = [];
  private readonly silentStops: SilentStops;
  private readonly bounds: Bounds;
  private readonly stopped = new AbortController();
  private looking: Promise<void> | undefined;

  constructor(
    private readonly stand: Stand,
    private readonly history: History,
    limits: Limits,
  ) {
    this.silentStops = new SilentStops(limits);
    this.bounds = new Bounds(limits);
  }

  /** Highest seen: resident memory in MB by service, and messages in all queues. */
  get peaks(): Bounds['peaks'] {
    return this.bounds.peaks;
  }

  start(): void {
    this.looking = this.lookUntilStopped();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.looking;
  }

  /** Looks at every request so far. */
  lookAtRequests(): void {
    this.note(this.unbounded, this.bounds.inRequests(this.history.calls, this.history.now()));
  }

  private async lookUntilStopped(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      const seen = await lookAround(this.stand);
      const look = { atMs: this.history.now(), acceptedOrders: this.history.acceptedOrders, ...seen };
      this.note(this.silent, this.silentStops.in(look));
      this.note(this.unbounded, this.bounds.in(look));
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Each sentence once, when it is first true. */
  private note(list: string[], sentences: readonly string[]): void {
    for (const sentence of sentences.filter((one) => !list.includes(one))) {
      list.push(sentence);
      this.history.incident(sentence);
    }
  }
}
