import { becomesTrue } from '../processes/poll.js';

const READY_TIMEOUT_MS = 60_000;

/** Waits until a service of the product says that it is ready. */
export async function serviceReady(port: number): Promise<void> {
  await becomesTrue(`readiness on port ${port}`, () => isReady(port), {
    timeoutMs: READY_TIMEOUT_MS,
    intervalMs: 100,
  });
}

async function isReady(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
