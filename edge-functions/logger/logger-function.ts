import { ConfigurationReader, type Environment } from '../shared/configuration.ts';
import { createLog } from '../shared/log.ts';
import { type WebHandler } from '../shared/or-misconfigured.ts';
import { readSupabaseAccess } from '../shared/supabase-access.ts';
import { readWebhookSecrets } from '../shared/webhook-secrets.ts';
import { type EventStore } from './event-store.ts';
import { loggerHandler } from './logger-handler.ts';
import { supabaseEventStore } from './supabase-event.store.ts';

/**
 * The logger as its environment describes it.
 *
 * @param openLocalStore what to store in where there is no Supabase; without it, Supabase is needed.
 * @throws ConfigurationError
 */
export function createLogger(env: Environment, openLocalStore?: () => EventStore): WebHandler {
  const reader = new ConfigurationReader(env);
  const log = createLog('logger', reader.logLevel());
  const keys = readWebhookSecrets(reader, 'LOGGER');
  const supabase = readSupabaseAccess(reader);
  if (supabase === undefined && openLocalStore === undefined) {
    reader.reject('set SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY: here the logger stores in Supabase only');
  }
  reader.finish(undefined);
  const store = supabase ? supabaseEventStore(supabase) : openLocalStore?.();
  if (store === undefined) throw new Error('the logger has no store');
  return loggerHandler({ keys, store, now: Date.now, log });
}
