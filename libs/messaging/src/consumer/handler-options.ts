/**
 * How the pipeline treats a handler's messages; given as the extras of `@MessagePattern` and `@EventPattern`:
 *
 * - `once`: Redis gate, inbox and the handler's work in one transaction; a repeat is acked and dropped.
 * - `answer-repeats`: inbox row and work in one transaction; a repeat reaches the handler too, which knows it by a unique
 *   key of its own and answers again. Redis would spare it nothing: the answer is in the database.
 * - `own-key`: a transaction without an inbox row: the handler's own unique key tells repeats, and answers them.
 * - `query`: no transaction; a failure is answered, never retried.
 */
export type Guard = 'once' | 'answer-repeats' | 'own-key' | 'query';

export interface HandlerOptions {
  guard: Guard;
}

export const once: HandlerOptions = { guard: 'once' };
export const answerRepeats: HandlerOptions = { guard: 'answer-repeats' };
export const ownKey: HandlerOptions = { guard: 'own-key' };
export const query: HandlerOptions = { guard: 'query' };

const GUARDS: readonly Guard[] = ['once', 'answer-repeats', 'own-key', 'query'];

/** Reads the options of a registered handler; a handler without any could be run twice unnoticed. */
export function optionsOf(pattern: string, extras: Record<string, unknown> | undefined): HandlerOptions {
  const guard = GUARDS.find((known) => known === extras?.guard);
  if (!guard) throw new Error(`the handler of ${pattern} says no guard: one of ${GUARDS.join(', ')}`);
  return { guard };
}
