import { createHoldfastClient, type HoldfastClient, type HoldfastClientOptions } from '@holdfast/client';
import { KEYS } from './api-client.js';
import { type System } from './system.js';

/** The client that ships with the system, with one of a test system's API keys. */
export const typedClient = (
  { gatewayUrl }: Pick<System, 'gatewayUrl'>,
  who: keyof typeof KEYS,
  options: Omit<HoldfastClientOptions, 'baseUrl' | 'apiKey'> = {},
): HoldfastClient => createHoldfastClient({ baseUrl: gatewayUrl, apiKey: KEYS[who], ...options });
