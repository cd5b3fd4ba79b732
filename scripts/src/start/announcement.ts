import { ProvidedServer } from '../servers/server-kind.js';
import { ApiKeys, keyOf } from './api-keys.js';

export interface Announced {
  gatewayUrl: string;
  dataDir: string;
  keys: ApiKeys;
  servers: readonly ProvidedServer[];
  sku: string;
  /** What there is to say of callbacks, and of who gets them. */
  callbacks: readonly (readonly [label: string, text: string])[];
}

/** What a person needs first: addresses, logins, keys and a request that works when pasted. */
export function announcement({ gatewayUrl, dataDir, keys, servers, sku, callbacks }: Announced): string {
  const rows: (readonly [string, string])[] = [
    ['API', gatewayUrl],
    ['API docs', `${gatewayUrl}/docs`],
    ...servers.flatMap(managementRow),
    ...servers.map(({ name, origin }): [string, string] => [name, origin]),
    ...keyRows(keys),
    ...callbacks,
    ['Data', dataDir],
  ];
  const table = rows.map(([label, value]) => `  ${label.padEnd(14)}${value}`);
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
