import { type Pattern, webhookEventTypes } from '@holdfast/contracts';
import { publishAgain } from '@holdfast/messaging';
import { locationOf } from './service-databases.js';
import { type TaskResult } from './task-result.js';

// What webhook-publisher takes over RabbitMQ, of the two others.
const TYPES = webhookEventTypes.filter((type): type is Extract<typeof type, Pattern> => !type.startsWith('webhook.'));

/** Has orders-service and products-service publish again what subscribers may not have been told. */
export async function tellAgain(since: number, env: NodeJS.ProcessEnv): Promise<TaskResult> {
  const orders = await publishAgain(locationOf('orders', env), { since, types: TYPES });
  const products = await publishAgain(locationOf('products', env), { since, types: TYPES });
  return { exitCode: 0, text: `${orders} events of orders and ${products} of products are published again` };
}
