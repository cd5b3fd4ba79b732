import { type Call } from '../history/history.js';

/** An adjustment that its operator was told is made. */
export interface Adjustment {
  key: string;
  sku: string;
  delta: number;
}

/** Each once, however often it was asked for. */
export function adjustmentsIn(calls: readonly Call[]): Adjustment[] {
  const made = calls.filter(
    ({ asked, outcome }) => asked.operation === 'adjust' && outcome?.kind === 'answered' && outcome.status === 201,
  );
  const adjustments = made.map(({ asked: { key = '', target = '', body } }) => ({
    key,
    sku: target,
    delta: (body as { delta: number }).delta,
  }));
  return [...new Map(adjustments.map((adjustment) => [adjustment.key, adjustment])).values()];
}
