import { setTimeout as delay } from 'node:timers/promises';

/** Asks until the answer is true; throws with `what` after `timeoutMs`. */
export async function becomesTrue(
  what: string,
  condition: () => boolean | Promise<boolean>,
  { timeoutMs, intervalMs }: { timeoutMs: number; intervalMs: number },
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s in vain: ${what}.`);
    await delay(intervalMs);
  }
}
