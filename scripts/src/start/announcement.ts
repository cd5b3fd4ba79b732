import { ProvidedServer } from '../servers/server-kind.js';
import { ApiKeys, keyOf } from './api-keys.js';
import { Environment } from './environment.js';

type Row = readonly [label: string, text: string];

const LABEL_WIDTH = 14;

export interface Announced {
  gatewayUrl: string;
  dataDir: string;
  keys: ApiKeys;
  servers: readonly ProvidedServer[];
  sku: string;
  /** Of parts that run more than once. */
  instances: readonly Row[];
  /** Of the databases on a PostgreSQL that was started here, by the variables that name them. */
  databaseUrls: Environment;
  /** What there is to say of callbacks, and of who gets them. */
  callbacks: readonly Row[];
}

/** What a person needs first: addresses, logins, keys and a request that works when pasted. */
export function announcement({ gatewayUrl, dataDir, keys, servers, sku, ...more }: Announced): string {
  const rows: Row[] = [
    ['API', gatewayUrl],
    ['API docs', `${gatewayUrl}/docs`],
    ...servers.flatMap(managementRow),
    ...servers.map(({ name, origin }): [string, string] => [name, origin]),
    // The password was made here, as the one of the management UI was.
    ...Object.entries(more.databaseUrls),
    ...more.instances,
    ...keyRows(keys),
    ...more.callbacks,
    ['Data', dataDir],
  ];
  const width = Math.max(LABEL_WIDTH, ...rows.map(([label]) => label.length + 2));
  const table = rows.map(([label, value]) => `  ${label.padEnd(width)}${value}`);
  return [
    'Holdfast is ready.',
    '',
    ...table,
    '',
    'Place an order:',
    '',
    ...orderCommand(gatewayUrl, keys, sku),
    '',
    '"npm run demo" in another terminal shows orders, and their callbacks as they arrive. Ctrl-C stops it.',
  ].join('\n');
}

function managementRow({ name, managementUi }: ProvidedServer): [string, string][] {
  if (managementUi === undefined) return [];
  return [[`${name} UI`, `${managementUi.url}  (login ${managementUi.user} / ${managementUi.password})`]];
}

function keyRows({ keys, madeHere }: ApiKeys): [string, string][] {
  if (!madeHere) return [['API keys', `${keys.length}, from API_KEYS`]];
  return keys.map(({ role, client, secret }) => [
    role === 'operator' ? 'Operator key' : 'Client key',
    `${secret}  (${client})`,
  ]);
}

/** A secret that somebody gave us in API_KEYS is not printed: a log travels further than its reader thinks. */
function orderCommand(gatewayUrl: string, keys: ApiKeys, sku: string): string[] {
  const secret = keys.madeHere ? keyOf(keys, 'client')?.secret : undefined;
  return [
    `  curl -sS ${gatewayUrl}/orders \\`,
    `    -H 'Authorization: Bearer ${secret ?? '<the secret of a client key>'}' \\`,
    `    -H 'Content-Type: application/json' \\`,
    `    -H 'Prefer: wait=10' \\`,
    `    -d '${JSON.stringify({ productId: sku, quantity: 2 })}'`,
  ];
}
