import { parseArgs } from 'node:util';

/** What is to be done. */
export type RestoreOptions =
  | { task: 'orders' | 'products' | 'compare' }
  /** `since` in Unix milliseconds. */
  | { task: 'webhooks'; since: number };

/** What was typed cannot be done; the message says how it can. */
export class RestoreUsageError extends Error {}

export const USAGE = `npm run restore -- orders | products | compare
npm run restore -- webhooks --since <time>

Brings the other databases and one that was put back from a backup together; docs/operations.md says when to run which.
Each may be run again, as often as you like.
  orders    places the orders again that the backup does not know, and cancels again what was cancelled
  products  has confirmed orders hold their stock again; products-service must not run
  webhooks  publishes again what happened since a time, as 2026-01-05T03:00:00Z
  compare   says which orders and their stock do not agree`;

/** @throws RestoreUsageError. */
export function restoreOptions(argv: readonly string[]): RestoreOptions {
  const { tasks, since } = parsed(argv);
  const [task, ...others] = tasks;
  if (task === undefined || others.length > 0) throw new RestoreUsageError('Say one thing to do.');
  if (task === 'webhooks') return { task, since: timeIn(since) };
  if (since !== undefined) throw new RestoreUsageError('--since is for webhooks.');
  if (task === 'orders' || task === 'products' || task === 'compare') return { task };
  throw new RestoreUsageError(`There is no ${task} to do.`);
}

function timeIn(text: string | undefined): number {
  if (text === undefined) throw new RestoreUsageError('--since is missing.');
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new RestoreUsageError(`"${text}" is no time.`);
  return time;
}

function parsed(argv: readonly string[]): { tasks: string[]; since: string | undefined } {
  try {
    const options = { since: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...argv], options, strict: true, allowPositionals: true });
    return { tasks: positionals, since: values.since };
  } catch (error) {
    throw new RestoreUsageError(error instanceof Error ? error.message : String(error));
  }
}
