import { type SupabaseAccess } from '../shared/supabase-access.ts';
import { type Filter, SupabaseTable } from '../shared/supabase-table.ts';
import { CLAIM_MS, type Claim, type Claims, type FinishedAs, type MessageKey } from './claims.ts';

// For all requests of one step together. With 8 s for Telegram, a delivery stays below the 15 s that the publisher gives it.
const TIMEOUT_MS = 3_000;

/** Claims in the table `webhook_notifications` of a Supabase project; supabase/migrations creates it. */
export class SupabaseClaims implements Claims {
  readonly #table: SupabaseTable;
  readonly #now: () => number;

  constructor(access: SupabaseAccess, now: () => number) {
    this.#table = new SupabaseTable(access, 'webhook_notifications');
    this.#now = now;
  }

  async claim(key: MessageKey): Promise<Claim> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const token = crypto.randomUUID();
    const claim = { claim_token: token, claimed_until: this.#time(CLAIM_MS) };

    const row = { event_id: key.eventId, chat_id: key.chat, ...claim };
    if (await this.#table.insertUnlessThere(row, ['event_id', 'chat_id'], signal)) return { state: 'claimed', token };

    // One statement: of two that find a claim ended, one gets it.
    const ended = { ...filterOf(key), finished_as: 'is.null', claimed_until: `lt.${this.#time()}` };
    const renewed = await this.#table.update(ended, claim, signal);
    if (renewed.length > 0) return { state: 'claimed', token };

    const [found] = await this.#table.select({ ...filterOf(key), select: 'finished_as' }, signal);
    return found && found.finished_as !== null ? { state: 'finished' } : { state: 'taken' };
  }

  async finish(key: MessageKey, as: FinishedAs): Promise<void> {
    const change = { finished_as: as, finished_at: this.#time() };
    await this.#table.update(filterOf(key), change, AbortSignal.timeout(TIMEOUT_MS));
  }

  async release(key: MessageKey, token: string): Promise<void> {
    const own = { ...filterOf(key), claim_token: `eq.${token}`, finished_as: 'is.null' };
    await this.#table.delete(own, AbortSignal.timeout(TIMEOUT_MS));
  }

  #time(inMs = 0): string {
    return new Date(this.#now() + inMs).toISOString();
  }
}

const filterOf = ({ eventId, chat }: MessageKey): Filter => ({ event_id: `eq.${eventId}`, chat_id: `eq.${chat}` });
