import { messageOf } from './log.ts';
import { StoreUnavailableError } from './store.errors.ts';
import { authorizationOf, type SupabaseAccess } from './supabase-access.ts';

export type Row = Record<string, unknown>;

/** Conditions as PostgREST writes them: `{ id: 'eq.4711', sent_at: 'is.null' }`. */
export type Filter = Record<string, string>;

const MAX_ERROR_TEXT = 300;

/**
 * One table through Supabase's REST interface (PostgREST). Every method throws StoreUnavailableError for an answer that is
 * not 2xx, for none, and when `signal` ends the wait.
 */
export class SupabaseTable {
  readonly #access: SupabaseAccess;
  readonly #name: string;

  constructor(access: SupabaseAccess, name: string) {
    this.#access = access;
    this.#name = name;
  }

  /**
   * Inserts a row unless there is one with the same values in `key`.
   *
   * @returns whether it was inserted.
   */
  async insertUnlessThere(row: Row, key: readonly string[], signal: AbortSignal): Promise<boolean> {
    const inserted = await this.#request('POST', {
      query: { on_conflict: key.join(','), select: key.join(',') },
      // With duplicates ignored the representation is empty where nothing was inserted; the status is 201 either way.
      prefer: 'resolution=ignore-duplicates,return=representation',
      body: row,
      signal,
    });
    return inserted.length > 0;
  }

  /** Changes the rows that the filter finds, in one statement, and returns them. */
  update(filter: Filter, change: Row, signal: AbortSignal): Promise<Row[]> {
    return this.#request('PATCH', { query: filter, prefer: 'return=representation', body: change, signal });
  }

  select(filter: Filter, signal: AbortSignal): Promise<Row[]> {
    return this.#request('GET', { query: filter, signal });
  }

  async delete(filter: Filter, signal: AbortSignal): Promise<void> {
    await this.#request('DELETE', { query: filter, prefer: 'return=representation', signal });
  }

  async #request(
    method: string,
    { query, prefer, body, signal }: { query: Filter; prefer?: string; body?: Row; signal: AbortSignal },
  ): Promise<Row[]> {
    const url = `${this.#access.url}/rest/v1/${this.#name}?${new URLSearchParams(query)}`;
    try {
      const response = await fetch(url, {
        method,
        headers: {
          ...authorizationOf(this.#access.key),
          'content-type': 'application/json',
          ...(prefer !== undefined && { prefer }),
        },
        ...(body && { body: JSON.stringify(body) }),
        redirect: 'error',
        signal,
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`status ${response.status}: ${text.slice(0, MAX_ERROR_TEXT)}`);
      return rowsOf(text);
    } catch (error) {
      throw new StoreUnavailableError(`Supabase, table ${this.#name}: ${messageOf(error)}`);
    }
  }
}

function rowsOf(text: string): Row[] {
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) throw new Error('the answer is not a list of rows');
  return rows;
}
