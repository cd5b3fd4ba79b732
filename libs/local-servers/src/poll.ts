import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks `condition` every `intervalMs` until it is true.
 * Answers false when `timeoutMs` have passed first; an error thrown by `condition` is the caller's.
 */
export async function becomesTrue(
  condition: () => boolean | Promise<boolean>,
  { timeoutMs, intervalMs = 50 }: { timeoutMs: number; intervalMs?: number },
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() >= deadline) return false;
    await sleep(intervalMs);
  }
}
