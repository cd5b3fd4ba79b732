import { join } from 'node:path';
import { Environment, portOf, reachableHost } from './environment.js';

/** One process of the system. A new part is one row more in {@link parts}. */
export interface Part {
  /** Short, for the log. */
  name: string;
  /** Its folder in the repository; it is started as `node <folder>/dist/main.js`. */
  folder: string;
  portVariable: string;
  defaultPort: number;
  /** The secrets that this part needs; no other part is given them. */
  secrets: readonly string[];
}

export const parts: readonly Part[] = [
  {
    name: 'products',
    folder: 'products-service',
    portVariable: 'PRODUCTS_PORT',
    defaultPort: 3001,
    secrets: ['PRODUCTS_DATABASE_URL'],
  },
  {
    name: 'orders',
    folder: 'orders-service',
    portVariable: 'ORDERS_PORT',
    defaultPort: 3002,
    secrets: ['ORDERS_DATABASE_URL'],
  },
  {
    name: 'gateway',
    folder: 'api-gateway',
    portVariable: 'GATEWAY_PORT',
    defaultPort: 3000,
    secrets: ['API_KEYS'],
  },
];

/**
 * A message's garbage is a few kilobytes that are dead a millisecond later. In a young generation of 64 MB little of it is
 * ever copied, which spares about a twelfth of a service's CPU under load. The Dockerfile and the bench say the same.
 */
export const nodeFlags = ['--enable-source-maps', '--max-semi-space-size=64'];

/** Variables that only the parts which name them are given. */
const SECRET = /^(API_KEYS|[A-Z0-9_]+_DATABASE_URL|[A-Z0-9_]*(SECRET|TOKEN|PASSWORD)[A-Z0-9_]*)$/;

export function entryOf(part: Part, root: string): string {
  return join(root, part.folder, 'dist', 'main.js');
}

/** Where the running process of a part is recorded. */
export function partRecordFile(dataDir: string, part: Part): string {
  return join(dataDir, 'run', `${part.name}.json`);
}

export function healthUrlOf(part: Part, environment: Environment): string {
  return `${baseUrlOf(part, environment)}/health/ready`;
}

export function baseUrlOf(part: Part, environment: Environment): string {
  return `http://${reachableHost(environment)}:${portOf(environment, part.portVariable, part.defaultPort)}`;
}

/** The environment of one part: its port, everything that is set, its own secrets, and nobody else's. */
export function environmentOf(part: Part, environment: Environment): NodeJS.ProcessEnv {
  const visible = Object.entries(environment).filter(([name]) => !SECRET.test(name) || part.secrets.includes(name));
  const port = portOf(environment, part.portVariable, part.defaultPort);
  return { ...Object.fromEntries(visible), [part.portVariable]: String(port) };
}
