// A caller that waits holds 17 kB, most of it its connection; 5,000 are 85 MB. One more is answered without waiting.
const MAX_WAITERS = 5_000;

/** A caller who waits for an order to become final. */
export interface Waiter {
  /** Also wakes the caller for this order: the one that an earlier request with the same key placed. */
  watch(orderId: string): void;
  /** Resolves when the order is final, the time is up, the caller is gone or the gateway stops. */
  readonly woken: Promise<void>;
  /** Must be called once the caller has its answer. */
  leave(): void;
}

/**
 * Callers who wait for orders. Events carry the order's id as correlation id, so that one nobody waits for costs a look
 * into a map and is not parsed.
 */
export class OrderWaiters {
  private readonly wakersByOrder = new Map<string, Set<() => void>>();
  private readonly wakers = new Set<() => void>();
  private closed = false;

  constructor(private readonly capacity = MAX_WAITERS) {}

  get size(): number {
    return this.wakers.size;
  }

  /**
   * Starts to wait. Call it before the order is asked for: its event may come before the answer does.
   *
   * @param gone aborted when the caller is gone.
   * @returns undefined when too many wait already or the gateway stops; the caller is then answered at once.
   */
  enter(orderId: string, waitMs: number, gone: AbortSignal): Waiter | undefined {
    if (this.closed || this.wakers.size >= this.capacity) return undefined;
    const watched: string[] = [];
    const { promise: woken, wake } = sleeper();
    const timer = setTimeout(wake, waitMs);
    gone.addEventListener('abort', wake);
    this.wakers.add(wake);
    const watch = (id: string) => {
      watched.push(id);
      this.remember(id, wake);
    };
    const leave = () => {
      clearTimeout(timer);
      gone.removeEventListener('abort', wake);
      this.wakers.delete(wake);
      for (const id of watched) this.forget(id, wake);
    };
    watch(orderId);
    return { watch, woken, leave };
  }

  /** An order has become final; who waits for it is woken. */
  orderIsFinal(orderId: string): void {
    const wakers = this.wakersByOrder.get(orderId);
    if (wakers) for (const wake of wakers) wake();
  }

  /** Wakes everyone and lets nobody wait any more. */
  close(): void {
    this.closed = true;
    for (const wake of this.wakers) wake();
  }

  private remember(orderId: string, wake: () => void): void {
    const wakers = this.wakersByOrder.get(orderId);
    if (wakers) wakers.add(wake);
    else this.wakersByOrder.set(orderId, new Set([wake]));
  }

  private forget(orderId: string, wake: () => void): void {
    const wakers = this.wakersByOrder.get(orderId);
    wakers?.delete(wake);
    if (wakers?.size === 0) this.wakersByOrder.delete(orderId);
  }
}

function sleeper(): { promise: Promise<void>; wake: () => void } {
  let wake!: () => void;
  const promise = new Promise<void>((resolve) => {
    wake = resolve;
  });
  return { promise, wake };
}
