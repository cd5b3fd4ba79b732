import { isWatched, reached } from '@holdfast/platform/points';
import { type Dispatcher } from 'undici';
import { type AttemptOutcome } from '../../app/ports.js';
import { answerText } from './answer-text.js';
import { AttemptFailure, exchangeFailure, givenUp } from './attempt-failure.js';

/** What of an answer's body is kept. */
const KEPT_BYTES = 1_024;

/** How an attempt ended. */
export interface AttemptEnd {
  outcome: AttemptOutcome;
  /** The answer was read to its end, so that its connection may carry the next request. */
  reusable: boolean;
}

/** One request and its answer, as undici tells of them. It ends once; what is told later is ignored. */
export class Attempt implements Dispatcher.DispatchHandler {
  private readonly at = Date.now();
  private readonly started = performance.now();
  private phase: 'connecting' | 'sent' | 'answering' | 'over' = 'connecting';
  private status = 0;
  private retryAfter: string | undefined;
  private received = 0;
  private readonly kept: Buffer[] = [];

  constructor(
    private readonly host: string,
    private readonly maxAnswerBytes: number,
    private readonly end: (end: AttemptEnd) => void,
  ) {}

  onRequestStart(): void {
    if (this.phase === 'connecting') this.phase = 'sent';
    // undici says so right before it writes the request, and does that without a pause.
    if (isWatched('callback-written')) process.nextTick(() => reached('callback-written', this.host));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    // 1xx announce an answer; they are none.
    if (this.phase === 'over' || status < 200) return;
    this.phase = 'answering';
    this.status = status;
    const retryAfter = headers['retry-after'];
    this.retryAfter = Array.isArray(retryAfter) ? retryAfter[0] : retryAfter;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.phase === 'over') return;
    if (this.received < KEPT_BYTES) this.kept.push(chunk);
    this.received += chunk.length;
    if (this.received > this.maxAnswerBytes) this.answered(false);
  }

  onResponseEnd(): void {
    this.answered(true);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(exchangeFailure(error, this.host));
  }

  /** Ends it because its time is up; tells what was still missing. */
  expire(deadlineMs: number): void {
    const missing = { connecting: 'no connection', sent: 'no answer', answering: 'no end of the answer', over: '' };
    const detail = `There was ${missing[this.phase]} within ${deadlineMs} ms.`;
    this.fail(new AttemptFailure('DEADLINE_EXCEEDED', detail));
  }

  /** Ends it because nobody waits any more. */
  giveUp(): void {
    this.fail(givenUp());
  }

  private fail({ error, message }: AttemptFailure): void {
    const { at, started } = this;
    const outcome: AttemptOutcome = { at, durationMs: msSince(started), kind: 'failed', error, detail: message };
    this.finish({ outcome, reusable: false });
  }

  private answered(reusable: boolean): void {
    const { at, started, status, retryAfter } = this;
    const answer = this.received === 0 ? '' : answerText(Buffer.concat(this.kept), KEPT_BYTES);
    const outcome: AttemptOutcome = { at, durationMs: msSince(started), kind: 'answered', status, retryAfter, answer };
    this.finish({ outcome, reusable });
  }

  private finish(end: AttemptEnd): void {
    if (this.phase === 'over') return;
    this.phase = 'over';
    this.end(end);
  }
}

const msSince = (started: number): number => Math.round(performance.now() - started);

type Headers = Record<string, string | string[] | undefined>;
