import { tooManyRequests } from '../../http/limits/rate-limit-headers.js';
import { ProblemError } from '../../http/problem.js';
import { type OrderFollower } from './order-follower.js';
import { ReadQueue } from './read-queue.js';

interface Limits {
  /** Of all clients together. */
  streams: number;
  streamsPerClient: number;
}

// A stream ends when its order is decided, which takes milliseconds as a rule: soon there is room.
const RETRY_AFTER_S = 3;

/** The streams that are open, by order. What nobody follows costs a look into a map. */
export class OpenStreams {
  private readonly byOrder = new Map<string, Set<OrderFollower>>();
  private readonly byClient = new Map<string, number>();
  private readonly queue = new ReadQueue();
  private count = 0;
  private closing = false;

  constructor(private readonly limits: Limits) {}

  get size(): number {
    return this.count;
  }

  /**
   * Takes a follower in. To be followed by one {@link leave}.
   *
   * @throws ProblemError OVERLOADED when there are too many, or when the gateway stops; TOO_MANY_REQUESTS when this client
   * has too many.
   */
  enter(follower: OrderFollower): void {
    const { clientId, orderId } = follower;
    if (this.closing || this.count >= this.limits.streams) throw tooManyStreams();
    const own = this.byClient.get(clientId) ?? 0;
    if (own >= this.limits.streamsPerClient) {
      throw tooManyRequests(`This client has ${own} streams open, which is as many as it may.`, RETRY_AFTER_S);
    }
    this.count += 1;
    this.byClient.set(clientId, own + 1);
    const ofOrder = this.byOrder.get(orderId);
    if (ofOrder) ofOrder.add(follower);
    else this.byOrder.set(orderId, new Set([follower]));
  }

  leave(follower: OrderFollower): void {
    const { clientId, orderId } = follower;
    const ofOrder = this.byOrder.get(orderId);
    if (!ofOrder?.delete(follower)) return;
    if (ofOrder.size === 0) this.byOrder.delete(orderId);
    this.count -= 1;
    const own = (this.byClient.get(clientId) ?? 1) - 1;
    if (own > 0) this.byClient.set(clientId, own);
    else this.byClient.delete(clientId);
  }

  readAgain(follower: OrderFollower): void {
    this.queue.add(follower);
  }

  /** Something has happened to an order: whoever follows it reads it again. */
  orderHasChanged(orderId: string): void {
    const followers = this.byOrder.get(orderId);
    if (followers) for (const follower of followers) this.queue.add(follower);
  }

  /** Events may have passed unheard: everyone reads again. */
  mayHaveMissed(): void {
    for (const followers of this.byOrder.values()) for (const follower of followers) this.queue.add(follower);
  }

  /** Ends every stream, and takes no more of them. */
  close(): void {
    this.closing = true;
    for (const followers of [...this.byOrder.values()]) for (const follower of [...followers]) follower.end();
  }
}

const tooManyStreams = (): ProblemError =>
  new ProblemError('OVERLOADED', 'Too many streams are open. Connect again in a moment.', {
    headers: { 'retry-after': String(RETRY_AFTER_S) },
  });
