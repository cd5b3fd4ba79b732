import { type IncomingMessage } from 'node:http';
import { type Listening, listen, readText } from './listen.js';

export const SERVICE_KEY = 'eyJhbGciOiJIUzI1NiJ9.service.role';
export const SECRET_KEY = 'sb_secret_0123456789';

type Row = Record<string, unknown>;

interface Answer {
  status: number;
  body?: unknown;
}

interface Table {
  key: readonly string[];
  columns: readonly string[];
  rows: Row[];
}

const EVENT_COLUMNS = [
  ...['id', 'type', 'subject', 'sequence', 'previous_event_id', 'order_id', 'client_id', 'product_id', 'status'],
  ...['amount', 'currency', 'occurred_at', 'received_at', 'payload'],
];
const NOTIFICATION_COLUMNS = ['event_id', 'chat_id', 'claim_token', 'claimed_until', 'finished_as', 'finished_at'];

/**
 * A local PostgREST with the two tables of supabase/migrations, as far as the functions use it: inserts with `on_conflict`,
 * `Prefer: resolution=ignore-duplicates` and `return=representation`, the filters `eq`, `lt` and `is.null`, 201, 409 with
 * PostgreSQL's code, 401 for a key that is not the service's, 400 for an unknown column.
 */
export class PostgrestStandIn {
  readonly events: Row[] = [];
  readonly notifications: Row[] = [];
  /** Answers this status to everything while it is set. */
  fault: number | undefined;
  readonly #tables: Record<string, Table> = {
    webhook_events: { key: ['id'], columns: EVENT_COLUMNS, rows: this.events },
    webhook_notifications: { key: ['event_id', 'chat_id'], columns: NOTIFICATION_COLUMNS, rows: this.notifications },
  };
  #server: Listening | undefined;

  static async start(): Promise<PostgrestStandIn> {
    const standIn = new PostgrestStandIn();
    standIn.#server = await listen(async (incoming, outgoing) => {
      const { status, body } = standIn.#answer(incoming, await readText(incoming));
      outgoing.writeHead(status, { 'content-type': 'application/json' });
      outgoing.end(body === undefined ? '' : JSON.stringify(body));
    });
    return standIn;
  }

  get url(): string {
    return this.#server?.url ?? '';
  }

  async stop(): Promise<void> {
    await this.#server?.close();
  }

  #answer(incoming: IncomingMessage, body: string): Answer {
    const url = new URL(incoming.url ?? '/', this.url);
    const table = this.#tables[url.pathname.replace('/rest/v1/', '')];
    if (this.fault !== undefined) return { status: this.fault, body: { message: 'the stand-in was told to fail' } };
    if (!mayWrite(incoming)) return { status: 401, body: { message: 'Invalid API key' } };
    if (!table) return { status: 404, body: { code: 'PGRST205', message: 'Could not find the table' } };

    const returns = String(incoming.headers.prefer).includes('return=representation');
    const ignores = String(incoming.headers.prefer).includes('resolution=ignore-duplicates');
    if (incoming.method === 'POST') {
      const conflict = ignores ? url.searchParams.get('on_conflict') : null;
      return withBody(insert(table, JSON.parse(body) as Row, conflict), returns);
    }
    const found = table.rows.filter((row) =>
      [...url.searchParams].every(([column, test]) => passes(row, column, test)),
    );
    if (incoming.method === 'GET') return { status: 200, body: found };
    for (const row of found) {
      if (incoming.method === 'PATCH') Object.assign(row, JSON.parse(body));
      else table.rows.splice(table.rows.indexOf(row), 1);
    }
    return returns ? { status: 200, body: found } : { status: 204 };
  }
}

const withBody = (answer: Answer, returns: boolean): Answer =>
  returns || answer.status >= 400 ? answer : { status: answer.status };

/** @param conflict the columns whose duplicates are ignored, as `on_conflict` has them; null where none are. */
function insert(table: Table, row: Row, conflict: string | null): Answer {
  const unknown = Object.keys(row).find((column) => !table.columns.includes(column));
  if (unknown !== undefined) {
    return { status: 400, body: { code: 'PGRST204', message: `Could not find the '${unknown}' column` } };
  }
  if (table.rows.some((other) => table.key.every((column) => other[column] === row[column]))) {
    if (conflict === table.key.join(',')) return { status: 201, body: [] };
    return { status: 409, body: { code: '23505', message: 'duplicate key value violates unique constraint' } };
  }
  table.rows.push({ ...Object.fromEntries(table.columns.map((column) => [column, null])), ...row });
  return { status: 201, body: [row] };
}

function passes(row: Row, column: string, test: string): boolean {
  if (column === 'select') return true;
  if (test === 'is.null') return row[column] === null;
  const [operator, ...value] = test.split('.');
  if (operator === 'eq') return row[column] === value.join('.');
  if (operator === 'lt') return row[column] !== null && new Date(String(row[column])) < new Date(value.join('.'));
  throw new Error(`the stand-in does not know the filter ${test}`);
}

// A key that is not a JWT is refused as a bearer token, as Supabase does.
function mayWrite({ headers }: IncomingMessage): boolean {
  if (headers.apikey === SECRET_KEY) return headers.authorization === undefined;
  return headers.apikey === SERVICE_KEY && headers.authorization === `Bearer ${SERVICE_KEY}`;
}
