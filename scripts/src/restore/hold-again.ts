import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { reservationsIn } from './compare.js';
import { missedAdjustments } from './missed-adjustments.js';
import { reading } from './service-databases.js';
import { type TaskResult } from './task-result.js';
import { toldOutcomes } from './told-outcomes.js';

/**
 * Has the service's own program restore what orders were promised, and names the adjustments that are to be entered by
 * hand.
 *
 * @param root of the repository.
 */
export async function holdAgain(root: string, env: NodeJS.ProcessEnv): Promise<TaskResult> {
  const { outcomes, adjustments } = await reading(
    ['orders', 'products', 'webhooks'],
    env,
    async (orders, products, webhooks) => ({
      outcomes: await toldOutcomes(orders, await reservationsIn(products)),
      adjustments: await missedAdjustments(products, webhooks),
    }),
  );
  const exitCode = await restore(root, outcomes);
  return { exitCode: exitCode === 0 && adjustments.length > 0 ? 1 : exitCode, text: adjustments.join('\n') };
}

/** Its exit code. What it says goes to the terminal. */
async function restore(root: string, outcomes: readonly string[]): Promise<number> {
  const program = join(root, 'products-service', 'dist', 'restore-reservations.main.js');
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'inherit', 'inherit'] });
  // Where it has ended before it has read all, it has said why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(outcomes.map((line) => `${line}\n`).join(''));
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? 2;
}
