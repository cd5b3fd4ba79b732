import { type SupabaseAccess } from '../shared/supabase-access.ts';
import { type Row, SupabaseTable } from '../shared/supabase-table.ts';
import { type EventStore } from './event-store.ts';

// The publisher gives a callback 15 s.
const TIMEOUT_MS = 10_000;

/** The table `webhook_events` of a Supabase project; supabase/migrations creates it. */
export function supabaseEventStore(access: SupabaseAccess): EventStore {
  const table = new SupabaseTable(access, 'webhook_events');
  return {
    save: (row) => table.insertUnlessThere({ ...row } satisfies Row, ['id'], AbortSignal.timeout(TIMEOUT_MS)),
  };
}
