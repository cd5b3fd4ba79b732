export { HoldfastProblem, HoldfastUnreachable } from './holdfast.errors.js';
export { createHoldfastClient, type HoldfastClient, type HoldfastClientOptions } from './holdfast-client.js';
export type * from './schema.js';
export { createTransport, type Transport, type TransportOptions } from './transport.js';
