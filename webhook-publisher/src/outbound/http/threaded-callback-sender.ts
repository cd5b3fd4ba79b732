import { Worker } from 'node:worker_threads';
import { type AttemptOutcome, type CallbackSender } from '../../app/ports.js';
import { failedAtOnce, givenUp } from './attempt-failure.js';
import { type CallbackRequest } from './callback-sender.js';
import { type NumberedRequest, type SenderReport, type SenderThreadOptions } from './sender-messages.js';

/**
 * Sends callbacks in threads of their own, so that this one is left to the database: each of them is busy with a delivery
 * for about as long as the other. An endpoint always meets the same thread, and its connections there.
 */
export class ThreadedCallbackSender implements CallbackSender {
  private readonly threads: SenderThread[];

  /** @param program the compiled `sender.thread.js`. */
  constructor(program: URL, count: number, options: SenderThreadOptions) {
    this.threads = Array.from({ length: count }, () => new SenderThread(program, options));
  }

  send(request: CallbackRequest): Promise<AttemptOutcome> {
    const thread = this.threads[hashOf(request.url) % this.threads.length] as SenderThread;
    return thread.send(request);
  }

  /** Gives up what is in flight; what is sent from then on is given up too. */
  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }
}

class SenderThread {
  private readonly worker: Worker;
  private readonly awaited = new Map<number, (outcome: AttemptOutcome) => void>();
  private batch: NumberedRequest[] = [];
  private last = 0;
  private ended = false;
  private readonly closed: Promise<void>;

  constructor(program: URL, options: SenderThreadOptions) {
    // What Node was started with, such as modules to load first, is meant for the main thread.
    this.worker = new Worker(program, { workerData: options, execArgv: [] });
    this.closed = new Promise((resolve, reject) => {
      this.worker.on('message', (report: SenderReport) => {
        if ('closed' in report) resolve(this.end());
        else for (const [number, outcome] of report.outcomes) this.settle(number, outcome);
      });
      // What the thread was sending is not known any more. Nobody handles this before the end, so that it ends the
      // process: the leases end by themselves, and the callbacks go out again.
      this.worker.on('error', reject);
      this.worker.on('exit', (code) => reject(new Error(`a sender thread has ended with code ${code}`)));
    });
  }

  send(request: CallbackRequest): Promise<AttemptOutcome> {
    if (this.ended) return Promise.resolve(failedAtOnce(givenUp()));
    return new Promise((resolve) => {
      this.last += 1;
      this.awaited.set(this.last, resolve);
      // Those of one turn go over together: each message costs as much as a request.
      if (this.batch.length === 0) queueMicrotask(() => this.flush());
      this.batch.push([this.last, request]);
    });
  }

  async close(): Promise<void> {
    this.worker.postMessage({ close: true });
    await this.closed;
  }

  private flush(): void {
    this.worker.postMessage({ send: this.batch });
    this.batch = [];
  }

  /** What was sent when the thread had already said its last is not answered by it. */
  private end(): void {
    this.ended = true;
    for (const number of [...this.awaited.keys()]) this.settle(number, failedAtOnce(givenUp()));
    // A look-up that still waits for its name's servers would keep the thread, and with it the process.
    void this.worker.terminate();
  }

  private settle(number: number, outcome: AttemptOutcome): void {
    const resolve = this.awaited.get(number);
    this.awaited.delete(number);
    resolve?.(outcome);
  }
}

/** FNV-1a: spreads URLs that differ in their last letter only. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
