import { stockReleasedSchema, stockReservedSchema } from '@holdfast/contracts';
import { type ToldOutcome } from '../app/restore-reservation.js';
import { type CommandResult } from './check-stock.command.js';

/**
 * Restores reservations one after the other, in the order in which they come: what one gives back the next may need.
 *
 * @param lines events as JSON, one a line: `{"pattern": "product.stockReserved", "data": …}`, or `product.stockReleased`.
 * @param restore resolves to the reason why the order cannot hold what it should; undefined where it does.
 * @returns 0: all that was confirmed is held. 1: some is not, and the text says what and why.
 * @throws SyntaxError, ZodError or Error at a line that is none of these; what came before it is done.
 */
export async function runRestoration(
  lines: AsyncIterable<string>,
  restore: (outcome: ToldOutcome) => Promise<string | undefined>,
): Promise<CommandResult> {
  let restored = 0;
  const short: string[] = [];
  for await (const line of lines) {
    const outcome = outcomeIn(line);
    const reason = await restore(outcome);
    if (reason === undefined) restored += 1;
    else short.push(`${outcome.data.orderId}: ${reason}`);
  }
  const sum = `${restored} restored, ${short.length} cannot be held`;
  return { exitCode: short.length === 0 ? 0 : 1, text: [...short, sum].join('\n') };
}

function outcomeIn(line: string): ToldOutcome {
  const { pattern, data } = JSON.parse(line) as { pattern?: unknown; data?: unknown };
  if (pattern === 'product.stockReserved') return { type: pattern, data: stockReservedSchema.parse(data) };
  if (pattern === 'product.stockReleased') return { type: pattern, data: stockReleasedSchema.parse(data) };
  throw new Error(`there is nothing to restore of ${String(pattern)}`);
}
