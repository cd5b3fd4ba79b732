import { join } from 'node:path';
import { logger, notifier, Subscriber } from '../subscribers/subscriber.js';
import { Environment, portOf, reachableHost } from './environment.js';

/** One process of the system. A new part is one row more in {@link parts}. */
export interface Part {
  /** Short, for the log. */
  name: string;
  /** What people know it as. */
  title: string;
  /** Its folder in the repository; it is started as `node <folder>/dist/main.js <args>`. */
  folder: string;
  args: readonly string[];
  portVariable: string;
  defaultPort: number;
  /** Where it listens whatever the variable says: an instance beside the first. */
  port?: number;
  /** Where it keeps its data, for a part that has a database. */
  database?: PartDatabase;
  /** The secrets that this part needs; no other part is given them. */
  secrets: readonly string[];
  /** What it is subscribed as, by which it gets its secret: it starts when the others are ready. */
  subscriber?: Subscriber;
}

export interface PartDatabase {
  /** Of the database on PostgreSQL, and of the SQLite file in DATA_DIR without its `.db`. */
  name: string;
  urlVariable: string;
}

const servers = ['AMQP_URL', 'REDIS_URL'];
const supabase = ['SUPABASE_SERVICE_ROLE_KEY', 'SUPABASE_SECRET_KEYS'];

export const parts: readonly Part[] = [
  {
    name: 'products',
    title: 'products-service',
    folder: 'products-service',
    args: [],
    portVariable: 'PRODUCTS_PORT',
    defaultPort: 3001,
    database: { name: 'products', urlVariable: 'PRODUCTS_DATABASE_URL' },
    secrets: [...servers, 'PRODUCTS_DATABASE_URL'],
  },
  {
    name: 'orders',
    title: 'orders-service',
    folder: 'orders-service',
    args: [],
    portVariable: 'ORDERS_PORT',
    defaultPort: 3002,
    database: { name: 'orders', urlVariable: 'ORDERS_DATABASE_URL' },
    secrets: [...servers, 'ORDERS_DATABASE_URL'],
  },
  {
    name: 'webhooks',
    title: 'webhook-publisher',
    folder: 'webhook-publisher',
    args: [],
    portVariable: 'WEBHOOKS_PORT',
    defaultPort: 3003,
    database: { name: 'webhooks', urlVariable: 'WEBHOOKS_DATABASE_URL' },
    secrets: [...servers, 'WEBHOOKS_DATABASE_URL', 'WEBHOOK_ENCRYPTION_KEY'],
  },
  {
    name: 'gateway',
    title: 'api-gateway',
    folder: 'api-gateway',
    args: [],
    portVariable: 'GATEWAY_PORT',
    defaultPort: 3000,
    secrets: [...servers, 'API_KEYS'],
  },
  {
    name: 'logger',
    title: 'logger',
    folder: 'edge-functions',
    args: ['logger'],
    portVariable: 'LOGGER_PORT',
    defaultPort: 3004,
    secrets: [logger.secretVariable, ...supabase],
    subscriber: logger,
  },
  {
    name: 'notifier',
    title: 'notifier',
    folder: 'edge-functions',
    args: ['notifier'],
    portVariable: 'NOTIFIER_PORT',
    defaultPort: 3005,
    secrets: [notifier.secretVariable, ...supabase, 'TELEGRAM_BOT_TOKEN'],
    subscriber: notifier,
  },
];

/**
 * A message's garbage is a few kilobytes that are dead a millisecond later. In a young generation of 64 MB little of it is
 * ever copied, which spares about a twelfth of a service's CPU under load. The Dockerfile and the bench say the same.
 */
export const nodeFlags = ['--enable-source-maps', '--max-semi-space-size=64'];

/** Variables that only the parts which name them are given. The URLs of servers hold a password. */
const SECRET = /^(AMQP_URL|REDIS_URL|[A-Z0-9_]+_DATABASE_URL|[A-Z0-9_]*(SECRET|TOKEN|PASSWORD|_KEY)[A-Z0-9_]*)$/;

/** Nobody but the publisher calls an edge function, and the publisher may call this network. */
const FUNCTION_HOST = '127.0.0.1';

export function entryOf(part: Part, root: string): string {
  return join(root, part.folder, 'dist', 'main.js');
}

/** Holds a record of every running process. */
export function recordFolder(dataDir: string): string {
  return join(dataDir, 'run');
}

/** Where the running process of a part is recorded. */
export function partRecordFile(dataDir: string, part: Part): string {
  return join(recordFolder(dataDir), `${part.name}.json`);
}

/** Throws StartError when the variable that says it is not a port. */
export function portOfPart(part: Part, environment: Environment): number {
  return part.port ?? portOf(environment, part.portVariable, part.defaultPort);
}

export function healthUrlOf(part: Part, environment: Environment): string {
  return `${baseUrlOf(part, environment)}/health/ready`;
}

export function baseUrlOf(part: Part, environment: Environment): string {
  const host = part.subscriber === undefined ? reachableHost(environment) : FUNCTION_HOST;
  return `http://${host}:${portOfPart(part, environment)}`;
}

/** The environment of one part: its port, everything that is set, its own secrets, and nobody else's. */
export function environmentOf(part: Part, environment: Environment): NodeJS.ProcessEnv {
  const visible = Object.entries(environment).filter(([name]) => !SECRET.test(name) || part.secrets.includes(name));
  return {
    ...Object.fromEntries(visible),
    ...(part.subscriber !== undefined && { HOST: FUNCTION_HOST }),
    [part.portVariable]: String(portOfPart(part, environment)),
  };
}
