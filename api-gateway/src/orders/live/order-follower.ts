import { type Caller, newId, type OrderChanges } from '@holdfast/contracts';
import { type Backend, type Origin } from '../../backend.js';
import { type EventStream } from './event-stream.js';
import { endsWith, type Until } from './follow-request.js';

export interface Following {
  orderId: string;
  caller: Caller;
  /** What the client has seen; 0 for nothing. */
  lastVersion: number;
  until: Until;
}

/**
 * Somebody who follows an order: reads what has changed since the last time, and passes it on. It trusts the order's own
 * history and no notification, which may be missing, late, doubled or in another order.
 */
export class OrderFollower {
  /** Set when the client is gone, the stream has ended or the gateway stops. */
  closed = false;
  /** It was to read before it had a stream, and has to after it. */
  calledEarly = false;
  private seen: number;
  private stream: EventStream | undefined;

  constructor(
    private readonly backend: Pick<Backend, 'ask'>,
    private readonly following: Following,
  ) {
    this.seen = following.lastVersion;
  }

  get orderId(): string {
    return this.following.orderId;
  }

  get clientId(): string {
    return this.following.caller.clientId;
  }

  /**
   * What there is for the client now; undefined when it has seen everything that there will be on this stream.
   *
   * @throws ProblemError as {@link Backend.ask} does, ORDER_NOT_FOUND among it.
   */
  async look(origin: Origin): Promise<OrderChanges | undefined> {
    const found = await this.ask(origin);
    // A version that the order does not have: its database was restored, and what comes next is new to the client.
    this.seen = Math.min(this.seen, found.version);
    return found.changes.length === 0 && this.endsWith(found) ? undefined : found;
  }

  /** Sends what was found, and from then on what is read. */
  begin(stream: EventStream, found: OrderChanges): void {
    this.stream = stream;
    this.pass(stream, found);
  }

  /** Reads what has changed and sends it. Before there is a stream it only notes that. */
  async read(): Promise<void> {
    const { stream } = this;
    if (!stream) this.calledEarly = true;
    else if (!this.closed) this.pass(stream, await this.ask({ requestId: newId() }));
  }

  end(): void {
    this.closed = true;
    this.stream?.end();
  }

  private ask(origin: Origin): Promise<OrderChanges> {
    const { caller, orderId } = this.following;
    return this.backend.ask('orders.events', { caller, orderId, afterVersion: this.seen }, origin);
  }

  private pass(stream: EventStream, found: OrderChanges): void {
    // The client may have gone while its order was read.
    if (this.closed) return;
    stream.send(found.changes);
    this.seen = Math.max(this.seen, found.version);
    if (this.endsWith(found)) this.end();
  }

  private endsWith({ status }: OrderChanges): boolean {
    return endsWith(this.following.until, status);
  }
}
