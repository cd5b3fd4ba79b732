import { closeSync, openSync, writeSync } from 'node:fs';

/** An order as a client was shown it. */
export interface Sighting {
  id: string;
  status: 'PENDING' | 'CONFIRMED' | 'REJECTED' | 'CANCELLED';
  version: number;
}

export type Operation = 'place' | 'cancel' | 'read' | 'adjust' | 'enable';

/** A request as it left its client. `call` is one per attempt; a request that is sent again has a new one, and the same key. */
export interface Asked {
  kind: 'asked';
  call: number;
  atMs: number;
  operation: Operation;
  /** Idempotency-Key; of a placed order and of an adjustment. */
  key?: string;
  /** The order that is read or cancelled, the sku that is adjusted, or the webhook that is enabled. */
  target?: string;
  body?: object;
}

/** Its answer. */
export interface Answered {
  kind: 'answered';
  call: number;
  atMs: number;
  tookMs: number;
  status: number;
  code?: string;
  order?: Sighting;
}

/** No answer came: whether it had an effect is not known to the client. */
export interface Unanswered {
  kind: 'unanswered';
  call: number;
  atMs: number;
  tookMs: number;
  reason: string;
}

/** What was done to the system, and when. */
export interface Incident {
  kind: 'incident';
  atMs: number;
  what: string;
}

export type Entry = Asked | Answered | Unanswered | Incident;

/** A request with what came of it. */
export interface Call {
  asked: Asked;
  outcome: Answered | Unanswered | undefined;
}

/**
 * What clients saw, in the order in which they saw it: written to a file line by line before anything is concluded from
 * it, and never changed.
 */
export class History {
  readonly calls: Call[] = [];
  /** Answers so far that an order is accepted; one that was placed twice counts twice. */
  acceptedOrders = 0;
  private readonly file: number;
  private readonly startedAt = performance.now();

  /** @param path of the file, one JSON object per line; what was in it goes. */
  constructor(readonly path: string) {
    this.file = openSync(path, 'w', 0o600);
  }

  /** Notes a request before it is sent. @returns its call. */
  asked(request: Omit<Asked, 'kind' | 'call' | 'atMs'>): Call {
    const asked: Asked = { kind: 'asked', call: this.calls.length, atMs: this.now(), ...request };
    const call: Call = { asked, outcome: undefined };
    this.calls.push(call);
    this.append(asked);
    return call;
  }

  answered(call: Call, answer: Pick<Answered, 'status' | 'code' | 'order'>): void {
    if (call.asked.operation === 'place' && answer.status === 201) this.acceptedOrders += 1;
    this.close(call, { kind: 'answered', ...this.timesOf(call), ...answer });
  }

  unanswered(call: Call, reason: string): void {
    this.close(call, { kind: 'unanswered', ...this.timesOf(call), reason });
  }

  incident(what: string): void {
    this.append({ kind: 'incident', atMs: this.now(), what });
  }

  /** Milliseconds since the history began, by a clock that no fault moves. */
  now(): number {
    return Math.round(performance.now() - this.startedAt);
  }

  end(): void {
    closeSync(this.file);
  }

  private timesOf({ asked }: Call): Pick<Answered, 'call' | 'atMs' | 'tookMs'> {
    const atMs = this.now();
    return { call: asked.call, atMs, tookMs: atMs - asked.atMs };
  }

  private close(call: Call, outcome: Answered | Unanswered): void {
    call.outcome = outcome;
    this.append(outcome);
  }

  private append(entry: Entry): void {
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
  }
}
