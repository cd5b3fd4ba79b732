import { createHoldfastClient, type HoldfastClient, type HoldfastClientOptions } from '@holdfast/client';
import { KEYS } from './api-client.js';
import { conformingFetch } from './conforming-fetch.js';
import { type OpenApiConformance } from './openapi-conformance.js';

/** A gateway, and what its answers are held against. */
export interface DescribedGateway {
  gatewayUrl: string;
  conformance: OpenApiConformance;
}

/**
 * The client that ships with the system, with one of a test system's API keys. What is answered has to be as the API
 * describes it.
 */
export const typedClient = (
  { gatewayUrl, conformance }: DescribedGateway,
  who: keyof typeof KEYS,
  { fetch: send, ...options }: Omit<HoldfastClientOptions, 'baseUrl' | 'apiKey'> = {},
): HoldfastClient =>
  createHoldfastClient({
    ...{ baseUrl: gatewayUrl, apiKey: KEYS[who], fetch: conformingFetch(conformance, send) },
    ...options,
  });
