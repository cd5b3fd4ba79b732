import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 25;

// What comes takes milliseconds; a reconnect takes seconds, and on a machine that is busy with other tests ten times as long.
const TIMEOUT_MS = 30_000;

type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/**
 * Asks `condition` until it gives something truthy, and gives that. A condition that throws has not come true yet.
 *
 * @param description what is waited for, as the error says it: "the order is CONFIRMED".
 * @throws Error at the deadline (30 s unless told), naming what did not come and what the condition said last.
 */
export async function waitUntil<T>(
  description: string,
  condition: () => T | Promise<T>,
  { timeoutMs = TIMEOUT_MS }: { timeoutMs?: number } = {},
): Promise<Truthy<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask(condition);
    if ('value' in answer && answer.value) return answer.value as Truthy<T>;
    if (Date.now() >= deadline) throw tooLate(description, timeoutMs, answer);
    await delay(POLL_MS);
  }
}

type Answer<T> = { value: T } | { error: unknown };

async function ask<T>(condition: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await condition() };
  } catch (error) {
    return { error };
  }
}

function tooLate(description: string, timeoutMs: number, answer: Answer<unknown>): Error {
  const said = 'error' in answer ? String(answer.error) : JSON.stringify(answer.value);
  const cause = 'error' in answer ? { cause: answer.error } : {};
  return new Error(`waited ${timeoutMs} ms in vain until ${description}; at last: ${said}`, cause);
}
