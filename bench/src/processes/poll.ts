import { setTimeout as delay } from 'node:timers/promises';

/** Asks until the answer is true; throws with `what` after `timeoutMs`. */
export async function becomesTrue(
  what: string,
  condition: () => boolean | Promise<boolean>,
  { timeoutMs, intervalMs }: { timeoutMs: number; intervalMs: number },
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw inVain(what, timeoutMs);
    await delay(intervalMs);
  }
}

/** Waits for `promise`; throws with `what` after `timeoutMs`. */
export async function within<T>(timeoutMs: number, what: string, promise: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const timeout = delay(timeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw inVain(what, timeoutMs);
  });
  // Lost, it ends by its abort, which nobody waits for.
  timeout.catch(() => undefined);
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    timer.abort();
  }
}

const inVain = (what: string, timeoutMs: number): Error => new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}.`);
