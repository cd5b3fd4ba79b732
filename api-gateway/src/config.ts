import { commonConfig, integer, loadConfig, port } from '@holdfast/platform';
import { z } from 'zod';
import { parseApiKeys } from './api-keys.js';

const apiKeys = z
  .string({ error: 'must be set: role:client:secret, several separated by commas; roles are client and operator' })
  .transform((text, context) => {
    const { keys, problems } = parseApiKeys(text);
    for (const message of problems) context.addIssue({ code: 'custom', message });
    return keys;
  });

export const gatewayConfigSchema = z.object({
  NODE_ENV: commonConfig.NODE_ENV,
  HOST: commonConfig.HOST,
  LOG_LEVEL: commonConfig.LOG_LEVEL,
  AMQP_URL: commonConfig.AMQP_URL,
  GATEWAY_PORT: port(3000),
  API_KEYS: apiKeys,
  // How long a caller is kept waiting for a service. A query lives in its queue for 10 s, so more helps no query.
  REQUEST_TIMEOUT_MS: integer({ min: 100, max: 60_000, default: 10_000 }),
  // With services that answer in 50 ms this is room for 20,000 requests a second; with services that stand still it
  // bounds memory, and callers get 503 at once.
  MAX_IN_FLIGHT: integer({ min: 1, max: 100_000, default: 1_000 }),
});

export type GatewayConfig = z.infer<typeof gatewayConfigSchema>;

/** The gateway's configuration, whole and checked. This file is the only reader of the environment. */
export function loadGatewayConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  return loadConfig(gatewayConfigSchema, env);
}
