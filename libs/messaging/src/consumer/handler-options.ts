/**
 * How the pipeline treats a handler's messages; given as the extras of `@MessagePattern` and `@EventPattern`:
 *
 * - `once`: Redis gate, inbox and the handler's work in one transaction; a repeat is acked and dropped.
 * - `answer-repeats`: inbox row and work in one transaction; a repeat reaches the handler too, which knows it by a unique
 *   key of its own and answers again. Redis would spare it nothing: the answer is in the database.
 * - `own-key`: a transaction without an inbox row: the handler's own unique key tells repeats, and answers them.
 * - `in-order`: inbox row and work in one transaction, a repeat is acked and dropped; messages with the same key run one
 *   after the other, and one that meets a fault that may pass is tried again in place, so that none overtakes it. The
 *   queue has to be declared `inOrder`, or another instance would take the next message meanwhile.
 * - `query`: no transaction; asked once more where the database was away, then a failure is answered.
 * - `act`: no transaction, since it takes its own; run once, and a failure is answered, never retried.
 */
export type Guard = 'once' | 'answer-repeats' | 'own-key' | 'in-order' | 'query' | 'act';

export interface HandlerOptions {
  guard: Guard;
  /** For `in-order`: messages with the same key are handled in the order in which they came. */
  orderedBy?: (data: unknown) => string;
  /** Names of the rows that a message changes and that many others may want at the same time: {@link inTurns}. */
  rowsOf?: (data: unknown) => readonly string[];
}

export const once: HandlerOptions = { guard: 'once' };
export const answerRepeats: HandlerOptions = { guard: 'answer-repeats' };
export const ownKey: HandlerOptions = { guard: 'own-key' };
/** @param orderedBy gets data that its contract has let through. */
export const inOrder = <Data>(orderedBy: (data: Data) => string): HandlerOptions => ({
  guard: 'in-order',
  orderedBy: (data) => orderedBy(data as Data),
});
/**
 * Messages that change the same rows take turns in this process, and share a transaction where several wait. For rows that
 * may become hot: on PostgreSQL each of these messages would else hold a connection while it waits for the row, and commit
 * alone.
 *
 * @param rowsOf names, of any form that is the same for everybody; gets data that its contract has let through.
 */
export const inTurns = <Data>(options: HandlerOptions, rowsOf: (data: Data) => readonly string[]): HandlerOptions => ({
  ...options,
  rowsOf: (data) => rowsOf(data as Data),
});
export const query: HandlerOptions = { guard: 'query' };
export const act: HandlerOptions = { guard: 'act' };

const GUARDS: readonly Guard[] = ['once', 'answer-repeats', 'own-key', 'in-order', 'query', 'act'];

/** Reads the options of a registered handler; a handler without any could be run twice unnoticed. */
export function optionsOf(pattern: string, extras: Record<string, unknown> | undefined): HandlerOptions {
  const guard = GUARDS.find((known) => known === extras?.guard);
  if (!guard) throw new Error(`the handler of ${pattern} says no guard: one of ${GUARDS.join(', ')}`);
  const rowsOf = extras?.rowsOf as HandlerOptions['rowsOf'];
  if (guard !== 'in-order') return { guard, ...(rowsOf && { rowsOf }) };
  if (typeof extras?.orderedBy !== 'function') throw new Error(`the handler of ${pattern} does not say what orders it`);
  return { guard, orderedBy: extras.orderedBy as (data: unknown) => string, ...(rowsOf && { rowsOf }) };
}
