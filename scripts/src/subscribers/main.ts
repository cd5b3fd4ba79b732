import { join } from 'node:path';
import { keyOf, parseApiKeys } from '../start/api-keys.js';
import { keep } from '../start/kept-file.js';
import { registerSubscriber } from './register-subscriber.js';
import { RegistrationFile } from './registration.file.js';
import { subscribers } from './subscriber.js';
import { WebhooksApi } from './webhooks-api.js';

/**
 * The job of docker-compose.yml: `main.js <subscriber> <url>` registers one edge function with the gateway at HOLDFAST_URL
 * and leaves its secret in DATA_DIR/subscription.env, which Node reads with `--env-file` when the function starts.
 */
async function main([name, url]: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const subscriber = subscribers.find((candidate) => candidate.name === name);
  const { HOLDFAST_URL, API_KEYS, DATA_DIR } = env;
  if (!subscriber || !url || !HOLDFAST_URL || !API_KEYS || !DATA_DIR) {
    throw new Error('usage: HOLDFAST_URL=… API_KEYS=… DATA_DIR=… main.js <logger|notifier> <url of the function>');
  }
  const operator = keyOf({ keys: parseApiKeys(API_KEYS) }, 'operator');
  if (operator === undefined) throw new Error('API_KEYS holds no operator key in plain text, which subscribing needs');

  const api = new WebhooksApi(HOLDFAST_URL, operator.secret);
  const file = new RegistrationFile(join(DATA_DIR, 'subscription.json'));
  const { webhook, secret, isNew } = await registerSubscriber(subscriber, url, api, file);
  keep(join(DATA_DIR, 'subscription.env'), `${subscriber.secretVariable}=${secret}`);
  process.stdout.write(`${subscriber.name}: webhook ${webhook.id} ${isNew ? 'registered' : 'found'}, to ${url}\n`);
}

try {
  await main(process.argv.slice(2), process.env);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
