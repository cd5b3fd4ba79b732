import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEnvFile, messageOf } from '@holdfast/platform';
import { comparisonText, disagreements, ordersIn, reservationsIn } from './compare.js';
import { holdAgain } from './hold-again.js';
import { placeAgain } from './place-again.js';
import { type RestoreOptions, RestoreUsageError, restoreOptions, USAGE } from './restore-options.js';
import { reading } from './service-databases.js';
import { type TaskResult } from './task-result.js';
import { tellAgain } from './tell-again.js';

const root = resolve(fileURLToPath(import.meta.url), '../../../..');

try {
  const options = restoreOptions(process.argv.slice(2));
  loadEnvFile();
  const { exitCode, text } = await run(options);
  if (text !== '') process.stdout.write(`${text}\n`);
  process.exitCode = exitCode;
} catch (error) {
  const help = error instanceof RestoreUsageError ? `\n\n${USAGE}` : '';
  process.stderr.write(`${messageOf(error)}${help}\n`);
  process.exitCode = 2;
}

function run(options: RestoreOptions): Promise<TaskResult> {
  const { env } = process;
  if (options.task === 'orders') return placeAgain(env);
  if (options.task === 'products') return holdAgain(root, env);
  if (options.task === 'webhooks') return tellAgain(options.since, env);
  return reading(['orders', 'products'], env, async (orders, products) => {
    const statuses = await ordersIn(orders);
    const found = disagreements(statuses, await reservationsIn(products));
    return { exitCode: found.length === 0 ? 0 : 1, text: comparisonText(statuses, found) };
  });
}
