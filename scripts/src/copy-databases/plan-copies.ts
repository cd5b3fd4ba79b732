import { parseArgs } from 'node:util';

/** A service's own program, which copies its database, and what it is called with. */
export interface PlannedCopy {
  service: string;
  /** From the root of the repository. */
  program: string;
  args: string[];
}

/** What was typed cannot be done; the message says how it can. */
export class CopyUsageError extends Error {}

export const USAGE = `npm run db:copy -- --service <orders|products|webhooks> --to <postgres://…> [--from <file>] [--check]
npm run db:copy -- --to <postgres://…{service}…> [--check]

Copies what a service keeps in SQLite into an empty PostgreSQL database. Stop the service first.
  --service  one of them; without it all three, each into the database that {service} in --to makes of it
  --to       the empty database; leave the password out of it and set PGPASSWORD instead
  --from     the service's file, where it is not the one that DATA_DIR or its *_DATABASE_URL names
  --check    says whether it could be done, and changes nothing`;

const FOLDERS: Record<string, string> = {
  orders: 'orders-service',
  products: 'products-service',
  webhooks: 'webhook-publisher',
};

const PLACE = '{service}';

/** @throws CopyUsageError. */
export function planCopies(argv: readonly string[]): { copies: PlannedCopy[]; checkOnly: boolean } {
  const { service, from, to, check } = parsed(argv);
  if (to === undefined) throw new CopyUsageError('--to is missing.');
  if (service === undefined && from !== undefined) throw new CopyUsageError('--from needs --service.');
  if (service === undefined && !to.includes(PLACE)) {
    throw new CopyUsageError(
      `--to needs ${PLACE} where the databases differ: their tables have the same names. Or copy one with --service.`,
    );
  }
  const services = service === undefined ? Object.keys(FOLDERS) : [service];
  const copies = services.map((name) => {
    const args = ['--to', to.replaceAll(PLACE, name), ...(from === undefined ? [] : ['--from', from])];
    return { service: name, program: `${folderOf(name)}/dist/copy-database.main.js`, args };
  });
  return { copies, checkOnly: check };
}

function folderOf(service: string): string {
  const folder = FOLDERS[service];
  if (folder === undefined) throw new CopyUsageError(`--service is one of ${Object.keys(FOLDERS).join(', ')}.`);
  return folder;
}

function parsed(argv: readonly string[]): { service?: string; from?: string; to?: string; check: boolean } {
  const text = { type: 'string' } as const;
  const options = { service: text, from: text, to: text, check: { type: 'boolean', default: false } } as const;
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new CopyUsageError(error instanceof Error ? error.message : String(error));
  }
}
